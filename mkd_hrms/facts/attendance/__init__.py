"""When people are at work.

records.py    Attendance: absences, lateness, unknown days (E9 to E11)
linked.py     the rows that name an MKD day (D6)
listed.py     the rows that a reader may list; inside a site only
away.py       leave, trips, training, attendance requests
calendars.py  the holiday lists of each date (T3)
workdays.py   the working days of people
shifts.py     the shift of a date (D7)
offices.py    the locations where a shift is worked (D1)
outages.py    whom an outage kept out (D11)
"""
