"""The daily report of an MKD day: handed in, verified, returned once, rejected; or missing.

states.py: which state follows which, and what was handed in stands.
actors.py: who may act on a report.
case.py: the person, the day, its policy and when what is due, read once in a save.
handing_in.py: whose it is, for which day, until when; handed in, revised, withdrawn.
"""
