"""When people are at work.

records.py    Attendance: absences, lateness, unknown days (E9 to E11)
away.py       leave, trips, training, attendance requests
calendars.py  the holiday lists of each date (T3)
workdays.py   the working days of people
shifts.py     the shift of a date (D7)
outages.py    whom an outage kept out (D11)
"""
