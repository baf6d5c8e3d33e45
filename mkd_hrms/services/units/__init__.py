"""The unit, which has to serve the public while some of it work away.

board.py          who of some units is where, with the room of each unit (W5, P3)
calendar_feed.py  links under which a calendar program reads MKD days
coverage.py       how much room a unit has left: a hint for who applies, a refusal of one too many (W5)
"""
