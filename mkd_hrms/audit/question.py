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
	"attendance": "Attendance",
}


class Question(NamedTuple):
	"""A statement that finds the violations of one invariant; `title` says what a row it finds means.

	`only`: which of the rows are violations, where the database alone cannot tell.
	"""

	invariant: int
	name: str
	title: str
	query: str
	only: Callable[[Mapping[str, Any]], bool] | None = None
