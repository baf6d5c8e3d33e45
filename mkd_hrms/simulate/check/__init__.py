"""`mkd check`: who may work away, and what becomes of the applications.

command.py       what the command does, without the command line
profiles.py      who is in the files, and what a report says about them
judging.py       everybody for one date, every application for its dates
applications.py  what an application asks for, and the answer
coverage.py      where more apply than their unit has room for (W5)
board.py         who of a unit is where in two weeks
summary.py       a judgement as plain data: one truth for all outputs
report.py        the page for an HR officer
"""
