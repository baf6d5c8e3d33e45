"""`mkd simulate`: two policies tried on the same people.

command.py    what the command does, without the command line
compare.py    everybody active judged by both, on one date
coverage.py   the days ahead by both: units that have too many away, days by circular
parallel.py   several processes share a large agency
sentences.py  an impact as plain data with sentences
report.py     the page about two policies
"""
