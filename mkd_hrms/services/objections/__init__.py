"""An objection to a decision: filed in time by the employee, decided by somebody else, with reasons.

states.py: which state follows which, and what nobody may touch.
actors.py: who may file, withdraw and decide.
procedure.py: what each of these asks for and brings with it.
"""
