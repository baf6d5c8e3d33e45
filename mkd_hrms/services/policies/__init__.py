"""Which policy holds, and until when one may object.

in_force.py   the policy of a company on a date
documents.py  from an MKD Policy to a policy of the engine, and back
versions.py   which replaces which, and what changed without its source (P1)
deadlines.py  the last day to object (W13)
"""
