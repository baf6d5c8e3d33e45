"""The unit, which has to serve the public while some of it work away.

coverage.py  how much room a unit has left: a hint for who applies, a refusal of one too many (W5)
"""
