"""What follows from missing reports, no-shows and false places (D8).

ladder.py    which measures are due
measures.py  warnings and suspensions: given, lifted, annulled, over
"""
