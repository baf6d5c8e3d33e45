"""Performance results, talent boxes and agreements: from Frappe HR's appraisals, from TRK and from e-Kinerja."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from mkd_hrms.policy.dates import add_months
from mkd_hrms.simulate.sample.drafts import Book, Draft

UNSET = object()


def make_cycles(book: Book) -> None:
	"""One appraisal cycle a year."""
	for year in range(book.until.year - 3, book.until.year + 1):
		start, end = date(year, 1, 1), date(year, 12, 31)
		book.add("Appraisal Cycle", name=f"Penilaian {year}", start_date=start, end_date=end)


def give_appraisal(book: Book, draft: Draft, score: float, docstatus: int = 1, years_ago: int = 1) -> None:
	"""A yearly appraisal on Frappe HR's scale."""
	year = book.until.year - years_ago
	book.add(
		"Appraisal",
		name=book.number("HR-APR-"),
		employee=draft.employee,
		appraisal_cycle=f"Penilaian {year}",
		total_score=score,
		final_score=round(score * 0.97, 2),
		modified=datetime(year + 1, 1, book.random.randint(10, 28), 9),
		docstatus=docstatus,
	)


def give_record(
	book: Book,
	draft: Draft,
	source: str = "e-Kinerja",
	predicate: str | None = None,
	score: float | None = None,
	start: date | None | object = UNSET,
	end: date | None = None,
	minutes: int = 0,
) -> None:
	"""A result from elsewhere; last year's unless dates are given."""
	end = end or date(book.until.year - 1, 12, 31)
	book.add(
		"MKD Performance Record",
		name=book.number("MKD-PERF-"),
		employee=draft.employee,
		source=source,
		period_start=date(end.year, 1, 1) if start is UNSET else start,
		period_end=end,
		predicate=predicate,
		has_score=int(score is not None),
		score=score or 0.0,
		productive_minutes=minutes,
		modified=datetime.combine(end, datetime.min.time()) + timedelta(days=10),
		docstatus=1,
	)


def give_good_result(book: Book, draft: Draft) -> None:
	"""A result of Baik or better from one of the three sources; who is in TRK has months and minutes."""
	random, very_good = book.random, book.random.random() < 0.3
	kind = random.random()
	if kind < 0.45:
		give_appraisal(
			book, draft, round(random.uniform(4.6, 5) if very_good else random.uniform(3.8, 4.5), 2)
		)
	elif kind < 0.65:
		give_record(book, draft, predicate="Sangat Baik" if very_good else "Baik")
	elif kind < 0.7:
		give_record(book, draft, source="Manual", predicate="Baik")
	else:
		_give_months(book, draft, very_good)


def _give_months(book: Book, draft: Draft, very_good: bool) -> None:
	first_of_month = book.until.replace(day=1)
	lazy = book.random.random() < 0.15
	for months_ago in (3, 2, 1):
		start = add_months(first_of_month, -months_ago)
		score = book.random.uniform(111, 119) if very_good else book.random.uniform(91, 108)
		minutes = book.random.randint(3500, 5000) if lazy else book.random.randint(6300, 8400)
		end = add_months(start, 1) - timedelta(days=1)
		give_record(book, draft, "TRK", score=round(score, 1), start=start, end=end, minutes=minutes)


def give_agreement(book: Book, draft: Draft) -> None:
	"""A yearly agreement that was signed within the last year; now and then one that nobody signed."""
	since = book.until - timedelta(days=book.random.randint(5, 330))
	book.add(
		"MKD Agreement",
		name=book.number("MKD-AGR-"),
		employee=draft.employee,
		valid_from=since,
		valid_to=add_months(since, 12) - timedelta(days=1),
		signed_on=since if book.random.random() < 0.98 else None,
	)


def give_box(book: Book, draft: Draft) -> None:
	"""A box of last year's talent map; now and then one that may not work away, one that is too old, or none.

	Who left stands on no map, so that of somebody who was hired again there is one box.
	"""
	# Chance of its own: whatever else happens to people stays as it is without a talent map.
	random = Random(f"{book.seed} {draft.employee}")  # noqa: S311 -- a sample that can be made again
	if draft.story == "left" or random.random() < 0.05:
		return
	box = random.choice((4, 5, 7, 8, 9) if random.random() < 0.9 else (1, 2, 3, 6))
	year = book.until.year - (1 if random.random() < 0.95 else 3)
	x_axis, y_axis = (round(random.uniform(50, 100), 2) for _axis in "xy")
	book.add(
		"MKD Talent Record",
		name=book.number("MKD-TAL-"),
		employee=draft.employee,
		year=year,
		box=box,
		x_axis=x_axis,
		y_axis=y_axis,
		total_axis=round(x_axis + y_axis, 2),
		modified=datetime(year, 12, 1, 9),
		docstatus=1,
	)
