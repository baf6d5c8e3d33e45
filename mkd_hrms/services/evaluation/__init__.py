"""Evaluating everybody as an operation.

runs.py           one job per company, one at a time
run_record.py     the record of a run
after_changes.py  whoever a change concerns, soon after it
"""
