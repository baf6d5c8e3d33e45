"""MKD days that were worked and reported, and applications for days to come."""

from __future__ import annotations

from datetime import date, timedelta

from mkd_hrms.policy.dates import days_between, iso_week
from mkd_hrms.simulate.sample.drafts import Book, Draft

WORKED: tuple = ("Work From Home", None, 0, 0)


def away_day(book: Book, draft: Draft, day: date, report: str | None) -> None:
	"""A day away from the office with its report; without a report he did not show up."""
	name, week = book.number("MKD-DAY-"), iso_week(day)
	book.add(
		"MKD Day",
		name=name,
		employee=draft.employee,
		person=draft.person,
		mkd_date=day,
		iso_week=week,
		slot=book.slot(draft.person, week),
		status="Worked" if report else "No Show",
	)
	draft.attendance[day] = WORKED if report else None
	if report:
		book.add(
			"MKD Daily Report",
			name=book.number("MKD-REP-"),
			employee=draft.employee,
			mkd_date=day,
			mkd_day=name,
			status=report,
			docstatus=int(report in ("Submitted", "Verified", "Rejected")),
		)


def ask(book: Book, draft: Draft, number: int) -> None:
	"""An application for the week that begins next Monday; some ask too much, some lack a computer."""
	random = book.random
	monday = book.until + timedelta(days=7 - book.until.weekday())
	week = days_between(monday, monday + timedelta(days=4))
	# The first ones ask for the whole week, lack the internet, or ask for days in two weeks.
	count = 5 if number % 10 == 0 else random.choice((1, 2, 2, 3, 4))
	dates = sorted(random.sample(week, count))
	if number % 10 == 5:
		dates.append(dates[-1] + timedelta(days=7))
	name = f"MKD-REQ-{number + 1:06d}"
	book.add(
		"MKD Request",
		name=name,
		employee=draft.employee,
		from_date=dates[0],
		to_date=dates[-1],
		has_computer="No" if number % 23 == 1 else "Yes",
		has_internet="No" if number % 17 == 1 else "Yes",
		status="Draft",
		docstatus=0,
	)
	for day in dates:
		book.add("MKD Request Date", parent=name, mkd_date=day)
