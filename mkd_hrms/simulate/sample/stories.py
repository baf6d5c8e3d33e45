"""What happened to people: each story is one reason why MKD is refused, doubtful, or granted all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from mkd_hrms.policy.dates import add_months
from mkd_hrms.simulate.sample.drafts import ABSENT, HALF_ABSENT, LATE, LEFT_EARLY, Book, Draft
from mkd_hrms.simulate.sample.evidence import give_appraisal, give_record
from mkd_hrms.simulate.sample.ledger import away_day

Story = Callable[[Book, Draft], None]
STORIES: dict[str, tuple[float, Story]] = {}


def story(weight: float) -> Callable[[Story], Story]:
	"""Enter a story; the weight says how often it happens beside the others."""

	def enter(tell: Story) -> Story:
		STORIES[tell.__name__] = (weight, tell)
		return tell

	return enter


@story(2.0)
def left(book: Book, draft: Draft) -> None:
	draft.values |= {
		"status": "Left",
		"relieving_date": book.until - timedelta(days=book.random.randint(20, 300)),
	}


@story(0.6)
def inactive(book: Book, draft: Draft) -> None:
	draft.values["status"] = "Inactive"


@story(0.6)
def dismissed_for_now(book: Book, draft: Draft) -> None:
	draft.values["status"] = "Suspended"


@story(0.4)
def status_not_recorded(book: Book, draft: Draft) -> None:
	draft.values["status"] = None


@story(2.0)
def candidate(book: Book, draft: Draft) -> None:
	joined = book.until - timedelta(days=book.random.randint(370, 700))
	draft.values |= {"employment_type": "CPNS", "date_of_joining": joined, "contract_end_date": None}


@story(3.0)
def not_a_civil_servant(book: Book, draft: Draft) -> None:
	draft.values |= {"employment_type": "Non-ASN", "mkd_nip": None, "grade": None, "contract_end_date": None}


@story(0.8)
def type_not_recorded(book: Book, draft: Draft) -> None:
	draft.values["employment_type"] = None


@story(2.0)
def new(book: Book, draft: Draft) -> None:
	draft.values["date_of_joining"] = book.until - timedelta(days=book.random.randint(40, 330))


@story(0.6)
def joining_not_recorded(book: Book, draft: Draft) -> None:
	draft.values |= {"date_of_joining": None, "contract_end_date": None}


@story(1.5)
def driver(book: Book, draft: Draft) -> None:
	draft.values["designation"] = "Pengemudi"


@story(2.0)
def unclassified(book: Book, draft: Draft) -> None:
	draft.values["designation"] = "Pengelola Layanan Operasional"


@story(1.0)
def needed_in_the_office(book: Book, draft: Draft) -> None:
	_decide_suitability(book, draft, "Not Suitable")


@story(0.6)
def suitable_although_a_driver(book: Book, draft: Draft) -> None:
	draft.values["designation"] = "Pengemudi"
	_decide_suitability(book, draft, "Suitable")


def _decide_suitability(book: Book, draft: Draft, verdict: str) -> None:
	book.add(
		"MKD Suitability",
		name=book.number("MKD-SUIT-"),
		reference_doctype="Employee",
		reference_name=draft.employee,
		verdict=verdict,
		valid_from=date(book.until.year, 1, 1),
	)


@story(0.8)
def without_a_unit(book: Book, draft: Draft) -> None:
	draft.values["department"] = None


@story(2.5)
def poor_result(book: Book, draft: Draft) -> None:
	draft.has_result = False
	if book.random.random() < 0.5:
		give_appraisal(book, draft, round(book.random.uniform(2.1, 3.6), 2))
	else:
		give_record(book, draft, predicate=book.random.choice(("Butuh Perbaikan", "Kurang", "Sangat Kurang")))


@story(1.5)
def no_result(book: Book, draft: Draft) -> None:
	draft.has_result = False
	give_appraisal(book, draft, 4.4, docstatus=0)


@story(0.6)
def result_beyond_the_scale(book: Book, draft: Draft) -> None:
	draft.has_result = False
	give_record(book, draft, score=960.0)


@story(0.4)
def empty_result(book: Book, draft: Draft) -> None:
	draft.has_result = False
	give_record(book, draft)


@story(0.4)
def result_without_a_start(book: Book, draft: Draft) -> None:
	draft.has_result = False
	give_record(book, draft, predicate="Baik", start=None)


@story(1.5)
def stale_result(book: Book, draft: Draft) -> None:
	draft.has_result = False
	give_appraisal(book, draft, 4.2, years_ago=2)


@story(2.0)
def often_absent(book: Book, draft: Draft) -> None:
	for day in book.some_days(draft, book.random.randint(3, 9)):
		draft.attendance[day] = ABSENT


@story(0.6)
def absent_by_halves(book: Book, draft: Draft) -> None:
	for day in book.some_days(draft, 6):
		draft.attendance[day] = HALF_ABSENT


@story(1.0)
def unrecorded(book: Book, draft: Draft) -> None:
	for day in book.some_days(draft, 60):
		draft.attendance[day] = None


@story(0.5)
def never_recorded(book: Book, draft: Draft) -> None:
	draft.attends = False


@story(1.5)
def often_late(book: Book, draft: Draft) -> None:
	for day in book.some_days(draft, book.random.randint(7, 12), last=18):
		draft.attendance[day] = book.random.choice((LATE, LATE, LEFT_EARLY))


@story(0.8)
def case_in_process(book: Book, draft: Draft) -> None:
	_discipline(book, draft, "In Process", -book.random.randint(5, 60), None)


@story(0.8)
def sanction_in_force(book: Book, draft: Draft) -> None:
	_discipline(book, draft, "In Force", -book.random.randint(10, 200), 165)


@story(0.6)
def cooling_off(book: Book, draft: Draft) -> None:
	_discipline(book, draft, "Ended", -300, -60)


@story(0.4)
def sanction_with_unknown_end(book: Book, draft: Draft) -> None:
	_discipline(book, draft, "Ended", -500, None)


@story(0.5)
def acquitted(book: Book, draft: Draft) -> None:
	_discipline(book, draft, "Annulled", -120, None)


def _discipline(book: Book, draft: Draft, stage: str, since: int, until: int | None) -> None:
	"""A case; days are counted from the sample's last day."""
	book.add(
		"MKD Discipline Record",
		name=book.number("MKD-DISC-"),
		employee=draft.employee,
		level="Medium" if stage == "Ended" else book.random.choice(("Light", "Medium", "Severe")),
		stage=stage,
		from_date=book.until + timedelta(days=since),
		to_date=None if until is None else book.until + timedelta(days=until),
		docstatus=1,
	)


@story(1.0)
def suspended(book: Book, draft: Draft) -> None:
	since = book.until - timedelta(days=book.random.randint(1, 9))
	book.add(
		"MKD Suspension",
		name=book.number("MKD-SUSP-"),
		employee=draft.employee,
		from_date=since,
		to_date=since + timedelta(days=14),
		docstatus=1,
	)


@story(0.7)
def report_missing(book: Book, draft: Draft) -> None:
	_away_days(book, draft, ("Missing", "Verified"))


@story(0.7)
def reports_rejected(book: Book, draft: Draft) -> None:
	_away_days(book, draft, ("Rejected", "Rejected", "Verified"))


@story(0.5)
def did_not_show_up(book: Book, draft: Draft) -> None:
	_away_days(book, draft, ("Verified", None, None, None))


def _away_days(book: Book, draft: Draft, reports: tuple[str | None, ...]) -> None:
	for day, status in zip(book.some_days(draft, len(reports), last=15), reports, strict=False):
		away_day(book, draft, day, status)


@story(0.7)
def agreement_expired(book: Book, draft: Draft) -> None:
	draft.has_agreement = False
	since = add_months(book.until, -14)
	book.add(
		"MKD Agreement",
		name=book.number("MKD-AGR-"),
		employee=draft.employee,
		valid_from=since,
		valid_to=add_months(since, 12),
		signed_on=since,
	)


@story(0.6)
def agreement_missing(book: Book, draft: Draft) -> None:
	draft.has_agreement = False


@story(0.7)
def accepted_by_a_person(book: Book, draft: Draft) -> None:
	stale_result(book, draft)
	_gate_decision(book, draft, "Freshness", "Accepted")


@story(0.5)
def refused_by_a_person(book: Book, draft: Draft) -> None:
	unclassified(book, draft)
	_gate_decision(book, draft, "Role", "Refused")


def _gate_decision(book: Book, draft: Draft, gate: str, decision: str) -> None:
	book.add(
		"MKD Gate Decision",
		name=book.number("MKD-GATE-"),
		employee=draft.employee,
		gate=gate,
		about="Unknown",
		decision=decision,
		valid_from=book.until - timedelta(days=30),
		valid_until=book.until + timedelta(days=150),
		creation=datetime.combine(book.until - timedelta(days=30), time(10)),
		docstatus=1,
	)
