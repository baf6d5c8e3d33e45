"""The rows: MKD Day, one person on one date, the only truth about quota. What becomes of approved days before
their date stands in `booked_days`, the date itself in `day`.

booking.py          takes the slots of a week
moving.py           the days of a person who is known by another name from now on
transitions.py      what a booked day becomes
written_reasons.py  what somebody wrote about a day
quota_messages.py   the weeks that hold no more days, in words
drawn_days.py       what a calendar shows of them
schedule.py         what other systems are told of them
over_limit.py       weeks that hold more than they may by now
weeks_in_doubt.py   whose weeks these may be, in an agency as a whole
"""
