"""Facts and rules together, on any database and without Frappe: for the services of a site, and for files outside one.

availability.py  when somebody can work away at all: calendar, service, periods away, days used
application.py   an application: mistakes in its dates, the limits of its weeks, the worst of its dates
board.py         where somebody is on a date, as a letter for whoever may know it (P3)
coverage.py      in which groups somebody of a unit is counted, and what room each has (W5)
unit_days.py     all units on many dates counted at once (W5)
everybody.py     one policy, one date, all people
two_policies.py  the same people by two policies
"""
