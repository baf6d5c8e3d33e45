"""What day it is, and which days count.

clock.py        the only place that asks what time it is
holidays.py     a person's holiday lists, kept between saves
office_days.py  the days on which a whole unit stays in the office (W7)
outages.py      what an outage extends
"""
