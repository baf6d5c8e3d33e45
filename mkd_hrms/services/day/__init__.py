"""The date itself: who came, where he was, how it ends. Approved days before it stand in `booked_days`.

places.py          where somebody checked in: a hint, never a verdict (D2)
came_to_office.py  who comes after all gives the day back (D1)
end_of_day.py      report and presence together (D6)
due_shares.py      due days in shares, where they are too many for one worker
reminders.py       reports that are late and not missing yet: who owes one is told (D4)
no_shows.py        an absence, confirmed or excused by a person
outage_effects.py  what an outage takes back (D11)
"""
