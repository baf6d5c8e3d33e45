"""The rules of MKD as plain Python: facts in, decision out. No framework, no SQL, no clock.

model.py           the words: policy, finding, decision
facts.py           what the rules need to know about one employee
dates.py           ISO weeks, whole months, working days
packs.py           policy packs: read and checked
pack_yaml.py       their YAML, as people write it
parameters/        the packs themselves: numbers, units, clauses
gates/             one question each
engine/            how they are asked
day/               the day itself: end, report, hours, outages, evidence
impact/            what another policy would change
coverage.py        how many of a unit may be away at once (W5)
quota.py           how many MKD days a week holds (Q1 to Q10)
fair_order.py      who comes first where more ask for a date than have room (W6)
collective.py      days by circular: dates, turns, who stays in the office (Q3)
performance.py     score, predicate, personal limit (E6, Q8)
talent.py          the boxes of the talent map, as people write them (E8)
letter_numbers.py  the number of a letter by a template
ladder.py          what follows from a missing report or a no-show (D8)
recheck.py         what a change means for days approved before it (W12)
early_warnings.py  who is one step from losing MKD (D10)
questions.py       what each gate asks in a sentence, and the numbers behind it
sentences.py       a finding or a warning in a sentence
savings.py         what worked days saved, in a range; whose money it is kept apart
as_json.py         decisions as JSON, and back
"""

from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.model import Decision, Finding, Gate, Outcome, Policy, Verdict

__all__ = ["Decision", "Finding", "Gate", "Outcome", "Policy", "Verdict", "evaluate"]
