"""What a question of the audit is, and the records it is put to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

USED = ("Pending", "Approved", "Suspended", "Worked", "No Show", "Revoked")

# Each Employee record beside every one of the same person, itself included.
SAME_PERSON = """same as (
	select name as employee, name as record from `tabEmployee`
	union all
	select one.name, other.name from `tabEmployee` one
	join `tabEmployee` other on other.mkd_nip = one.mkd_nip and one.mkd_nip > '' and other.name <> one.name
)"""

# Each table of ours under a short name, cut to the employees asked for.
RECORDS = {
	"day": "MKD Day",
	"request": "MKD Request",
	"record": "MKD Decision Record",
	"report": "MKD Daily Report",
	"gate_decision": "MKD Gate Decision",
	"suspension": "MKD Suspension",
	"warning": "MKD Warning",
	"objection": "MKD Objection",
	"agreement": "MKD Agreement",
	"discipline": "MKD Discipline Record",
	"performance": "MKD Performance Record",
	"talent": "MKD Talent Record",
	"attendance": "Attendance",
}

# The last evaluation of each request that is walked over; what it found is long, and read by its name.
NEWEST = """(
	select reference_name, name, row_number() over (
		partition by reference_name order by evaluated_at desc, stage = 'Approval' desc
	) as age
	from record where reference_doctype = 'MKD Request' {but}
	and reference_name > %(after)s and reference_name <= %(until)s
) newest on newest.reference_name = request.name and newest.age = 1
join `tabMKD Decision Record` kept on kept.name = newest.name"""


class Question(NamedTuple):
	"""A statement that finds the violations of one invariant; `title` says what a row it finds means.

	`only`: which of the rows are violations, where the database alone cannot tell.
	`walk`: which of the RECORDS it looks at one by one. They are then asked about in parts, however many there are.
	"""

	invariant: int
	name: str
	title: str
	query: str
	only: Callable[[Mapping[str, Any]], bool] | None = None
	walk: str | None = None
