"""Days by circular: given to everybody of some units without an application (rules Q3, W11).

circular.py    what a circular says
concerned.py   whom it concerns, and on which dates
planning.py    who of these goes, and who stays in the office
processing.py  has the days booked, given back and counted
preview.py     the same before it is submitted, with nothing written
messages.py    what everybody is told
"""
