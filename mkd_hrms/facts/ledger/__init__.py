"""MKD Day and what is made of it.

days.py                used and booked days
unit_days.py           the people of units on some dates, and who of them is away (W5)
away_dates.py          on which dates people work away, and which of these days are by circular
ended_days.py          days that end, and what was seen on them (D6)
held_weeks.py          how many days the weeks of everybody hold (W11)
asked_days.py          days that wait for a decision, and what their fair order goes by (W6)
waiting_requests.py    applications that should have been decided (W4), and those that wait for HR
waiting_reports.py     reports that should have been verified (D5)
kept_reports.py        reports that never came or were rejected (E13)
conduct_events.py      events that the ladder answers (D8)
calendar_feeds.py      links under which a calendar program reads days, and these days
schedule.py            who works away on a date, for other systems
appraisal_evidence.py  the MKD record of an appraisal (M10)
personal_data.py       everything that is stored about somebody
"""
