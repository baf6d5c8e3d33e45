"""Everybody's standing for tomorrow.

changes_noted.py           whom a change concerns, handed to a worker
refresh.py                 one set of queries for a company; only what changed is written
rows.py                    the rows of MKD Eligibility
early_warnings.py          what is near for each employee, kept once per threshold (D10)
early_warning_messages.py  who is told of it
employee_overview.py       what the form of an employee shows
findings_shown.py          what the form of a standing shows of its findings
own_sentence.py            what an employee reads of himself on his home page
"""
