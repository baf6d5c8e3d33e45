"""What another policy would change.

comparison.py   for one person: the kind of change and the gates behind it
totals.py       for all: who gains, loses or changes days, by unit and by gate
"""
