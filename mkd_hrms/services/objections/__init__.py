"""An objection to a decision: filed in time by the employee, decided by somebody else, with reasons.

subjects.py   what an employee may object to, and until when
contested.py  what of it the form of an objection shows
states.py     which state follows which, and what nobody may touch
actors.py     who may file, withdraw and decide
procedure.py  what each of these asks for and brings with it
effects.py    what an upheld objection undoes
messages.py   who learns of it
"""
