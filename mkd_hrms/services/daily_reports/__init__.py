"""The daily report of an MKD day: handed in, verified, returned once, rejected; or missing.

states.py: which state follows which, and what was handed in stands.
actors.py: who may act on a report.
handing_in.py: whose it is, for which day, until when; handed in, revised, withdrawn.
"""
