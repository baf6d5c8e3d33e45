"""The unit, which has to serve the public while some of it work away.

calendar_feed.py  links under which a calendar program reads MKD days
coverage.py       how much room a unit has left: a hint for who applies, a refusal of one too many (W5)
"""
