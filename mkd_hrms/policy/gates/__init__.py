"""One question each: a case in, a finding out.

registry.py      all gates, in the order of the rules
case.py          the question, and how the answer is written down
employment.py    status, type, length of service, role, unit (E1 to E5)
performance.py   the newest result, its age, productive minutes (E6, E7, E14)
talent.py        the newest box of the talent map (E8)
conduct.py       absence, records, lateness, discipline, reports, suspension (E9 to E13, E17)
declarations.py  agreement and readiness (E15, E16)
"""
