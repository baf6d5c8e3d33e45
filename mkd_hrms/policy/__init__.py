"""The rules of MKD as plain Python: facts in, decision out. No framework, no SQL, no clock."""

from mkd_hrms.policy.engine import evaluate
from mkd_hrms.policy.model import Decision, Finding, Gate, Outcome, Policy, Verdict

__all__ = ["Decision", "Finding", "Gate", "Outcome", "Policy", "Verdict", "evaluate"]
