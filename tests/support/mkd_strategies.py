"""What Hypothesis may draw: employees, policies, days, and weeks full of requests."""

from dataclasses import replace
from datetime import date, timedelta

import mkd_support
from hypothesis import settings
from hypothesis import strategies as st
from mkd_extent import FULL

from mkd_hrms.policy import facts
from mkd_hrms.policy.model import PREDICATES, SERVICE_STARTS

# The same examples on every machine, and no deadline: a slow runner is not a broken rule.
settings.register_profile("full", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("quick", settings.get_profile("full"), max_examples=20)
MODEST = settings.get_profile("full" if FULL else "quick")
# For what changes seldom and is missed easily.
THOROUGH = settings(MODEST, max_examples=150 if FULL else 30)

days = st.dates(date(2023, 6, 19), date(2030, 12, 31))
todays = st.dates(date(2026, 6, 1), date(2027, 6, 1))
records = st.from_regex(r"DOC-[0-9]{4}", fullmatch=True)


def maybe(strategy):
	return st.none() | strategy


def periods(longest=800):
	"""A start and an end, the end included."""
	starts = st.dates(date(2024, 1, 1), date(2027, 12, 31))
	return st.builds(
		lambda start, length: (start, start + timedelta(length)), starts, st.integers(0, longest)
	)


def a_half_number(top):
	return st.integers(0, 2 * top).map(lambda halves: halves / 2)


@st.composite
def suitabilities(draw):
	start, end = draw(periods())
	verdict = draw(st.sampled_from(("Suitable", "Suitable", "Public Service", "Not Suitable")))
	return facts.Suitability(
		verdict, "Analis Kebijakan", start, draw(st.sampled_from((None, end))), draw(records)
	)


@st.composite
def results(draw):
	start, end = draw(periods(400))
	word = draw(st.sampled_from((None, None, *PREDICATES, "Istimewa")))
	score = draw(maybe(st.integers(-1, 130) | st.floats(0, 6, allow_nan=False)))
	source = draw(st.sampled_from(("Appraisal", "TRK", "e-Kinerja", "Manual")))
	begins, innovation = draw(st.sampled_from((None, start))), draw(st.booleans())
	return facts.Result(source, begins, end, score, word, draw(records), innovation)


@st.composite
def attendances(draw):
	working_days = draw(st.integers(0, 260))
	since, until = draw(
		st.sampled_from(((date(2025, 11, 25), date(2026, 11, 24)), (date(2026, 11, 25),) * 2))
	)
	missing, absences = draw(st.integers(0, working_days)), draw(a_half_number(6))
	late = draw(maybe(st.integers(0, 8)))
	late_since = None if late is None else max(since, until - timedelta(29))
	return facts.AttendanceRecord(since, until, working_days, missing, absences, late, late_since)


@st.composite
def sanctions(draw):
	start, end = draw(periods())
	level = draw(st.sampled_from(("Light", "Medium", "Severe")))
	stage = draw(st.sampled_from(("In Process", "In Force", "Ended", "Annulled")))
	return facts.Sanction(level, stage, start, draw(st.sampled_from((None, end))), draw(records))


@st.composite
def months(draw):
	working_days = draw(st.integers(0, 23))
	available = draw(st.integers(0, working_days))
	minutes = draw(st.integers(0, 9000))
	return facts.ProductiveMonth(
		date(2026, 10, 1), date(2026, 10, 31), minutes, working_days, available, draw(records)
	)


@st.composite
def agreements(draw):
	since, until = draw(periods())
	return facts.Agreement(
		since, until, draw(st.dates(since - timedelta(30), since + timedelta(30))), draw(records)
	)


@st.composite
def gate_decisions(draw):
	gate = draw(st.sampled_from([gate.value for gate in mkd_support.EVERY_GATE]))
	since, until = draw(periods())
	about = draw(st.sampled_from(("Unknown", "Fail")))
	until = draw(st.sampled_from((None, until)))
	return facts.GateDecision(gate, about, draw(st.booleans()), since, until, draw(records))


talent_boxes = st.builds(facts.TalentBox, st.integers(1, 9), st.integers(2023, 2028), records)
suspensions = st.builds(lambda period, record: facts.Suspension(*period, record), periods(30), records)
reports = st.builds(
	lambda overdue, rejected: facts.Reports(date(2026, 10, 26), date(2026, 11, 24), overdue, rejected),
	st.sampled_from((0, 0, 0, 1, 2)),
	st.integers(0, 3),
)


def employees():
	"""Anybody: facts of all kinds, many of them missing, and no decision of a person about them."""
	return st.builds(
		facts.Facts,
		employee=st.just("HR-EMP-00001"),
		status=maybe(st.sampled_from(("Active", "Active", "Left"))),
		employment_type=maybe(st.sampled_from(("PNS", "pppk", "CPNS", "P3K"))),
		joined_on=maybe(st.dates(date(2000, 1, 1), date(2028, 1, 1))),
		posts=st.lists(st.dates(date(2024, 1, 1), date(2028, 1, 1)), max_size=2).map(tuple),
		suitability=st.lists(suitabilities(), max_size=3).map(tuple),
		service_unit=maybe(st.builds(facts.ServiceUnit, st.booleans(), st.just("Bidang Perencanaan"))),
		result=maybe(results()),
		talent_box=maybe(talent_boxes),
		attendance=maybe(attendances()),
		sanctions=st.lists(sanctions(), max_size=3).map(tuple),
		suspensions=st.lists(suspensions, max_size=2).map(tuple),
		reports=maybe(reports),
		productive=maybe(months()),
		agreements=st.lists(agreements(), max_size=3).map(tuple),
		readiness=maybe(st.builds(facts.Readiness, maybe(st.booleans()), maybe(st.booleans()))),
	)


def decided_employees():
	"""Anybody about whom people have decided as well."""
	decisions = st.lists(gate_decisions(), max_size=6).map(tuple)
	return st.builds(lambda who, taken: replace(who, gate_decisions=taken), employees(), decisions)


def policies():
	"""The shipped policy with other numbers, and with any of all the gates switched off."""
	return st.builds(
		mkd_support.a_policy,
		weekly_limit=st.integers(0, 7),
		new_counts_from=st.sampled_from(SERVICE_STARTS),
		legal_ceiling=maybe(st.integers(0, 7)),
		min_office_days=st.integers(0, 6),
		count_collective_days=st.booleans(),
		collective_in_ceiling=st.booleans(),
		min_predicate=st.sampled_from(PREDICATES),
		absence_fails_at=a_half_number(5),
		max_unknown_percent=st.integers(0, 100),
		min_service_months=st.integers(0, 36),
		cool_off_light_months=st.integers(0, 24),
		late_allowed=st.integers(0, 8),
		report_rejections_allowed=st.integers(0, 3),
		trk_minutes_target=st.integers(0, 9000),
		talent_boxes=st.sets(st.integers(1, 9), min_size=1).map(lambda boxes: tuple(sorted(boxes))),
		warning_days=st.integers(0, 90),
		gates=st.sets(st.sampled_from(sorted(mkd_support.EVERY_GATE))).map(
			lambda off: mkd_support.EVERY_GATE - off
		),
	)


# Three weeks around New Year, in which two years share one week.
BOOKABLE = tuple(date(2026, 12, 21) + timedelta(n) for n in range(21))
requests = st.frozensets(st.sampled_from(BOOKABLE), min_size=1, max_size=8)
steps = st.tuples(st.just("ask"), requests) | st.tuples(st.just("release"), requests)
stories = st.lists(steps, min_size=1, max_size=12)
week_limits = st.fixed_dictionaries(
	{week: st.integers(0, 5) for week in ("2026-W52", "2026-W53", "2027-W01")}
)
