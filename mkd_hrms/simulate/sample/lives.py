"""What is ordinary: leave, official trips, trainings, a late morning, a day nobody recorded."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mkd_hrms.simulate.sample.drafts import (
	ABSENT,
	HALF_ABSENT,
	HALF_PRESENT,
	LATE,
	LEFT_EARLY,
	ON_LEAVE,
	PRESENT,
	Book,
	Draft,
)

TRAININGS = 6


def make_trainings(book: Book) -> list[tuple[str, list]]:
	"""Events of one or two days; the last one was cancelled and excuses nobody."""
	events = []
	for number in range(TRAININGS):
		days = book.days["Lima Hari Kerja"]
		start = 20 + number * (len(days) - 40) // TRAININGS
		chosen = list(days[start : start + 1 + number % 2])
		name = f"Pelatihan Angkatan {number + 1}"
		book.add(
			"Training Event",
			name=name,
			event_status="Cancelled" if number == TRAININGS - 1 else "Completed",
			start_time=datetime.combine(chosen[0], time(8)),
			end_time=datetime.combine(chosen[-1], time(16)),
			docstatus=1,
		)
		events.append((name, chosen))
	return events


def live(book: Book, draft: Draft, trainings: list[tuple[str, list]]) -> None:
	"""A year of an ordinary person."""
	random = book.random
	for _number in range(random.choice((0, 1, 1, 2))):
		_take_leave(book, draft)
	if random.random() < 0.12:
		_take_half_a_day(book, draft)
	if random.random() < 0.15:
		_travel(book, draft)
	if random.random() < 0.06:
		_serve_elsewhere(book, draft)
	if random.random() < 0.05:
		_train(book, draft, *random.choice(trainings[:-1]))
	_slip(book, draft)


def _take_leave(book: Book, draft: Draft) -> None:
	days = book.run_of_days(draft, book.random.choice((1, 2, 3, 5)))
	if not days:
		return
	approved = book.random.random() < 0.93
	_leave(book, draft, days, "Approved" if approved else "Rejected", int(approved))
	if approved:
		# Some rows still say Absent: the leave was approved later, and excuses them.
		draft.attendance |= dict.fromkeys(days, ABSENT if book.random.random() < 0.1 else ON_LEAVE)


def _leave(book: Book, draft: Draft, days: list, status: str, docstatus: int, half: bool = False) -> None:
	book.add(
		"Leave Application",
		name=book.number("HR-LAP-"),
		employee=draft.employee,
		leave_type=book.random.choice(("Cuti Tahunan", "Cuti Tahunan", "Cuti Sakit", "Cuti Alasan Penting")),
		from_date=days[0],
		to_date=days[-1],
		half_day=int(half),
		half_day_date=days[0] if half else None,
		status=status,
		docstatus=docstatus,
	)


def _take_half_a_day(book: Book, draft: Draft) -> None:
	if days := book.run_of_days(draft, 1):
		_leave(book, draft, days, "Approved", 1, half=True)
		entries = (HALF_PRESENT, HALF_PRESENT, HALF_PRESENT, HALF_ABSENT, ABSENT)
		draft.attendance[days[0]] = book.random.choice(entries)


def _travel(book: Book, draft: Draft) -> None:
	days = book.run_of_days(draft, book.random.choice((1, 2, 3)))
	if not days:
		return
	name = book.number("HR-TRQ-")
	book.add("Travel Request", name=name, employee=draft.employee, docstatus=1)
	book.add(
		"Travel Itinerary",
		parent=name,
		departure_date=datetime.combine(days[0], time(6, 30)),
		arrival_date=datetime.combine(days[-1], time(20)) if len(days) > 1 else None,
	)
	draft.attendance |= dict.fromkeys(days, ABSENT if book.random.random() < 0.3 else PRESENT)


def _serve_elsewhere(book: Book, draft: Draft) -> None:
	if days := book.run_of_days(draft, 2):
		book.add(
			"Attendance Request",
			name=book.number("HR-ARQ-"),
			employee=draft.employee,
			from_date=days[0],
			to_date=days[-1],
			reason="On Duty",
			docstatus=1,
		)
		draft.attendance |= dict.fromkeys(days, ABSENT)


def _train(book: Book, draft: Draft, event: str, days: list) -> None:
	book.add("Training Event Employee", parent=event, employee=draft.employee)
	for day in days:
		draft.attendance.setdefault(day, ABSENT)


def _slip(book: Book, draft: Draft) -> None:
	"""A few late mornings and unrecorded days, now and then an absence, and a row on a free day."""
	random = book.random
	for day in book.some_days(draft, random.choice((0, 0, 1, 2)), last=20):
		draft.attendance[day] = random.choice((LATE, LATE, LEFT_EARLY))
	for day in book.some_days(draft, random.choice((0, 0, 0, 1, 3, 6))):
		draft.attendance[day] = None
	for day in book.some_days(draft, random.choices((0, 1, 2), (80, 12, 8))[0]):
		draft.attendance[day] = ABSENT
	if random.random() < 0.1:
		sunday = book.until - timedelta(days=book.until.isoweekday() + 7 * random.randint(0, 40))
		draft.attendance.setdefault(sunday, random.choice((PRESENT, ABSENT)))
