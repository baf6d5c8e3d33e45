"""The application for MKD days: from Draft to approved, denied, rejected or withdrawn.

states.py               which state follows which, and what nobody may touch
actors.py               who may act on a request (W3, W4)
answers.py              what he answers about place and equipment (E16)
before_applying.py      what the form shows before anything is saved
asked_dates.py          from what an applicant wrote to the dates he asks for
case.py                 one application as it is looked at in one save
transitions.py          what a move does; the single writer of decisions
drawn_requests.py       what a calendar shows of them
hr_review.py            what HR decides where the records say too little
recurrence.py           the days of an approved pattern, week by week (W2)
pattern_messages.py     tells how a pattern goes
escalation.py           what nobody decided in time is passed on (W4)
delegates.py            who begins to act for a superior learns what waits (W3)
role_classification.py  roles classified by the dozen
"""
