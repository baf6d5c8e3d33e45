"""What reports count: of a company, of units, of the people whom the reader may see.

narrowed.py       whose rows a report counts
standings.py      who may work away as the last evaluation found, and how many days a week that makes
shared_days.py    how days were shared among the people of each unit (W6)
denials.py        requests that the rules denied, conditions that HR refused, and by which of them
day_counts.py     days of the ledger by unit, date, person and state
report_counts.py  daily reports by unit, person and month: in time, late, missing, returned, and their hours
objections.py     objections and what was decided about them
warnings.py       early warnings that are open, or were
headcount.py      how many people by employment type, and measures begun in a period
savings.py        factors, bills, and where nobody was in the office: what savings rest on
"""
