"""What a draft policy would change (P1).

compare.py  everybody active, by the draft and by the policy that it replaces
cached.py   a large agency, compared by a worker and kept for some minutes
reasons.py  why somebody gains, loses or changes days
"""
