"""Builders for the pure suite: a policy, an employee, a fixed day. Each takes only what a test changes."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from mkd_hrms.policy import evaluate, packs
from mkd_hrms.policy.facts import (
	Agreement,
	AttendanceRecord,
	Facts,
	GateDecision,
	ProductiveMonth,
	Readiness,
	Reports,
	Result,
	Sanction,
	ServiceUnit,
	Suitability,
	Suspension,
	TalentBox,
)
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import Decision, Finding, Gate, Policy

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mkd_hrms"
SCENARIOS = ROOT / "tests" / "scenarios"

# "Today" in all tests that do not choose another day: the Wednesday of ISO week 2026-W48.
WEDNESDAY = date(2026, 11, 25)
TOMORROW = WEDNESDAY + timedelta(days=1)
FIRST_DAY = date(2023, 6, 19)
PACK = "jabar-2023"
# All gates that the engine can judge, also those that the shipped policy leaves off.
EVERY_GATE = frozenset({gate for gate, _ask in GATES} | {Gate.TIER})

A_SUITABILITY = Suitability("Suitable", "Analis Kebijakan", FIRST_DAY, None, "MKD-SUIT-0001")
A_UNIT = ServiceUnit(False, "Bidang Perencanaan")
A_RESULT = Result("Appraisal", date(2025, 1, 1), date(2025, 12, 31), 4.2, None, "HR-APR-0001")
A_TALENT_BOX = TalentBox(5, 2025, "MKD-TAL-0001")
AN_ATTENDANCE = AttendanceRecord(date(2025, 11, 25), date(2026, 11, 24), 240, 0, 0.0, 0, date(2026, 10, 26))
A_SANCTION = Sanction("Light", "In Force", date(2026, 11, 1), date(2026, 11, 30), "MKD-DISC-0001")
A_SUSPENSION = Suspension(date(2026, 11, 23), date(2026, 12, 6), "MKD-SUSP-0001")
SOME_REPORTS = Reports(date(2026, 10, 26), date(2026, 11, 24), overdue=0, rejected=0)
A_MONTH = ProductiveMonth(date(2026, 10, 1), date(2026, 10, 31), 6000, 22, 22, "MKD-PERF-0001")
AN_AGREEMENT = Agreement(date(2026, 7, 1), date(2027, 6, 30), date(2026, 6, 24), "MKD-AGR-0001")
A_GATE_DECISION = GateDecision(
	"Performance", "Unknown", True, date(2026, 11, 1), date(2026, 11, 30), "MKD-DEC-0001"
)
READY = Readiness(has_computer=True, has_internet=True)

AN_EMPLOYEE = Facts(
	employee="HR-EMP-00001",
	status="Active",
	employment_type="PNS",
	joined_on=date(2015, 3, 1),
	suitability=(A_SUITABILITY,),
	service_unit=A_UNIT,
	result=A_RESULT,
	talent_box=A_TALENT_BOX,
	attendance=AN_ATTENDANCE,
	reports=SOME_REPORTS,
	productive=A_MONTH,
	agreements=(AN_AGREEMENT,),
	readiness=READY,
)


@lru_cache
def the_pack(name: str = PACK) -> Policy:
	return packs.load(name)


def a_policy(**changes) -> Policy:
	"""The shipped West Java policy, with changes."""
	return replace(the_pack(), **changes)


def a_policy_without(*gates: Gate, **changes) -> Policy:
	"""The shipped policy with some gates switched off."""
	return a_policy(gates=the_pack().gates - set(gates), **changes)


def a_policy_with_every_gate(**changes) -> Policy:
	"""The shipped policy with all gates switched on."""
	return a_policy(gates=EVERY_GATE, **changes)


def facts(**changes) -> Facts:
	"""An employee who passes every gate, with changes."""
	return replace(AN_EMPLOYEE, **changes)


def decide(who: Facts = AN_EMPLOYEE, policy: Policy | None = None, on=TOMORROW, today=WEDNESDAY) -> Decision:
	return evaluate(policy or the_pack(), who, on, today)


def finding_of(decision: Decision, gate: Gate) -> Finding | None:
	return next((found for found in decision.findings if found.gate == gate.value), None)
