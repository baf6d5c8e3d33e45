"""Evaluating everybody as an operation.

runs.py           a run of a company, its shares, what follows them; one at a time
run_shares.py     how far the shares of a run are
run_record.py     what a share or some people came to, and the end of a run
after_changes.py  whoever a change concerns, soon after it
"""
