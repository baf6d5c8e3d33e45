"""What day it is, and which days count.

clock.py     the only place that asks what time it is
holidays.py  a person's holiday lists, kept between saves
outages.py   what an outage extends
"""
