"""What was used, reported and worked, summed up for who answers for it.

quota_use.py      days booked beside the days that there were to book, by unit and week or month (Q1, Q3)
compliance.py     daily reports by unit or person and month: in time, late, missing, and their hours (D4, D7)
month.py          what became of the days of a month, by unit or person
weeks.py          the same by the weeks of a month, as a regency asks for it
savings.py        what MKD saved: by bills, and apart from these estimated by factors
"""
