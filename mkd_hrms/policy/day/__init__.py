"""The day itself: how it ends, its report, its hours, outages, evidence.

day_end.py          how an MKD day ends; who may give it back (rules D1, D6)
daily_report.py     when a report is due, and what it may contain (rules D4, D5)
working_hours.py    how long a day is to be worked (rule D7)
outages.py          whoever could not reach the systems misses nothing (rule D11)
evidence_files.py   which files may be evidence of work (rule D4)
"""
