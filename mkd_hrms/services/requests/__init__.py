"""The application for MKD days: from Draft to approved, denied, rejected or withdrawn.

states.py: which state follows which, and what nobody may touch.
actors.py: who may act on a request.
transitions.py: what a move does; the single writer of decisions.
"""
