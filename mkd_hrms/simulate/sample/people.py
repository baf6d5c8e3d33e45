"""Who works where: a head for every unit, then staff, with grades, names and numbers."""

from __future__ import annotations

from datetime import date, timedelta

from mkd_hrms.policy.dates import add_months
from mkd_hrms.simulate.sample.calendars import SIX, YearList
from mkd_hrms.simulate.sample.drafts import Book, Draft
from mkd_hrms.simulate.sample.names import full_name
from mkd_hrms.simulate.sample.units import COMPANY, OFFICE_WORK, Unit

GRADES = (
	*("I/a", "I/b", "I/c", "I/d", "II/a", "II/b", "II/c", "II/d", "III/a", "III/b", "III/c", "III/d"),
	*("IV/a", "IV/b", "IV/c", "IV/d", "IV/e"),
)
CONTRACT_GRADES = ("V", "VII", "IX", "X", "XI")
ECHELONS = ("I.b", "II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b")
GRADE_OF_HEAD = dict(zip(ECHELONS, ("IV/e", "IV/d", "IV/c", "IV/b", "IV/a", "III/d", "III/c"), strict=True))


def make_people(book: Book, root: Unit, count: int) -> list[Draft]:
	"""Drafts of so many Employee records, heads first, everybody a civil servant of good standing."""
	units = root.with_all_below()[1:]
	people: list[Draft] = []
	head_of: dict[str, str] = {}
	for unit in units[:count]:
		draft = _make(book, len(people) + 1, unit, head_of, head=True)
		head_of[unit.name] = draft.employee
		people.append(draft)
	# The lowest units hold most people, and a counter more than an office.
	homes = [unit for unit in units if not unit.children or unit.public_service]
	homes += [unit for unit in homes if unit.public_service == "Yes"] * 6
	while len(people) < count:
		unit = book.random.choice(homes if book.random.random() < 0.85 else units)
		people.append(_make(book, len(people) + 1, unit, head_of, head=False))
	_spread_grades(people)
	return people


def _make(book: Book, number: int, unit: Unit, head_of: dict[str, str], head: bool) -> Draft:
	random, today = book.random, book.until
	woman = random.random() < 0.47
	joined = today - timedelta(days=random.randint(550, 30 * 365))
	born = date(joined.year - random.randint(22, 30), random.randint(1, 12), random.randint(1, 28))
	contract = not head and random.random() < 0.18
	name = full_name(random, woman)
	values = {
		"name": f"HR-EMP-{number:05d}",
		"employee_name": name,
		"mkd_nip": book.civil_servant_number(born, joined, woman),
		"mkd_echelon": unit.echelon if head else None,
		"grade": _grade(book, unit, head, contract),
		"status": "Active",
		"company": COMPANY,
		"department": unit.name,
		"designation": "Kepala" if head else random.choice(unit.staff),
		"employment_type": "PPPK" if contract else "PNS",
		"date_of_joining": joined,
		"contract_end_date": add_months(joined, 12 * ((today.year - joined.year) // 5 * 5 + 5))
		if contract
		else None,
		"relieving_date": None,
		"holiday_list": YearList(SIX, today.year).name if unit.six_days else None,
		"attendance_device_id": f"{number}",
		"user_id": f"pegawai{number:05d}@contoh.example",
		"reports_to": _superior(unit, head_of, head),
	}
	return Draft(number, unit, head, values)


def _grade(book: Book, unit: Unit, head: bool, contract: bool) -> str:
	if head:
		return GRADE_OF_HEAD[unit.echelon]
	return book.random.choice(CONTRACT_GRADES if contract else GRADES[4:13])


def _superior(unit: Unit, head_of: dict[str, str], head: bool) -> str | None:
	above = unit.parent if head else unit
	while above and above.name not in head_of:
		above = above.parent
	return head_of[above.name] if above else None


def _spread_grades(people: list[Draft]) -> None:
	"""Every grade there is goes to some people whose post lets them qualify."""
	open_posts = [draft for draft in people if not draft.head and draft.in_open_post]
	for draft, grade in zip(open_posts, (*GRADES, *CONTRACT_GRADES), strict=False):
		contract = grade in CONTRACT_GRADES
		draft.values |= {
			"grade": grade,
			"employment_type": "PPPK" if contract else "PNS",
			"designation": OFFICE_WORK[0],
			"contract_end_date": None,
		}


def protected(people: list[Draft]) -> set[int]:
	"""One person of good standing for every echelon and grade: nothing bad is told about them."""
	kept: dict[tuple[str, str], int] = {}
	for draft in people:
		for name in ("mkd_echelon", "grade"):
			value = draft.values[name]
			if value and draft.in_open_post:
				kept.setdefault((name, value), draft.number)
	return set(kept.values())
