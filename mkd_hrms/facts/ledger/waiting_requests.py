"""Applications that wait for a decision. Sets in, sets out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pypika import Query, Table

from mkd_hrms.constants import PENDING_APPROVAL, PENDING_HR_REVIEW
from mkd_hrms.facts.database.queries import Binder, Database, rows

REQUEST, RECORD = Table("tabMKD Request"), Table("tabMKD Decision Record")


class InReview(NamedTuple):
	"""An application that waits for HR, the post of its applicant, and the gates that were unknown, as they are stored."""

	name: str
	designation: str | None
	department: str | None
	unknown: str | None


def read_late_requests(database: Database, today: date) -> tuple[str, ...]:
	"""The applications that should have been decided before today, longest first (rule W4).

	Found by their state, which has an index: what was decided in all the years is not looked at.
	"""

	def build(bind: Binder):
		return (
			Query.from_(REQUEST)
			.select(REQUEST.name)
			.where((REQUEST.status == bind(PENDING_APPROVAL)) & (REQUEST.decide_by < bind(today)))
			.orderby(REQUEST.decide_by)
			.orderby(REQUEST.name)
		)

	return tuple(name for (name,) in rows(database, build))


def read_in_review(database: Database, doctype: str, but_for: str) -> list[InReview]:
	"""The applications that wait for HR, by name, each with what was unknown when it was last decided about.

	What was found at the stage `but_for` is not about the application. They are found by their state, and their
	records by their names: no other record of all the years is read, and of these not what was found in full.
	"""

	def build(bind: Binder):
		about = (RECORD.reference_name == REQUEST.name) & (RECORD.reference_doctype == bind(doctype))
		return (
			Query.from_(REQUEST)
			.join(RECORD)
			.on(about)
			.select(REQUEST.name, REQUEST.designation, REQUEST.department, RECORD.unknown_gates)
			.where(REQUEST.status == bind(PENDING_HR_REVIEW))
			.where(RECORD.stage.isnull() | (RECORD.stage != bind(but_for)))
			.orderby(REQUEST.name)
			.orderby(RECORD.creation)
		)

	return list({row[0]: InReview(*row) for row in rows(database, build)}.values())
