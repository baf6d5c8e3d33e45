"""The unit, which has to serve the public while some of it work away.

registers.py  what is laid down for units, kept between two changes
messages.py   what is told where there is no room
overview.py   how much room the units of a company have, for a report
coverage.py   how much room a unit has left: a hint for who applies, a refusal of one too many (W5)
"""
