"""The daily report of an MKD day: handed in, verified, returned once, rejected; or missing.

states.py          which state follows which, and what was handed in stands
actors.py          who may act on a report (D4, D5)
case.py            the person, the day, its policy and when what is due, read once in a save
due_times.py       how due times read, and whether one is over
content.py         what the activities must be
evidence_files.py  files as evidence of an activity
handing_in.py      whose it is, for which day, until when; handed in, revised, withdrawn
verification.py    verified, returned or rejected by who may (D5)
escalation.py      what nobody verified in time goes to the next above
missing.py         reports that never came
"""
