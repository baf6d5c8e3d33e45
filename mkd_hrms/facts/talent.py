"""Where people stand in the talent map: the newest box of MKD Talent Records (rule E8)."""

from __future__ import annotations

from datetime import date

from pypika import Order, Query, Table
from pypika.analytics import RowNumber

from mkd_hrms.facts.database.queries import Binder, Database, stream
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.policy.facts import TalentBox

RECORD = Table("tabMKD Talent Record")
SUBMITTED = 1


def read_talent_boxes(database: Database, scope: Scope, today: date) -> dict[str, TalentBox]:
	"""By employee, the box of the newest year that has begun; of several records of a person that of his own."""

	def build(bind: Binder):
		newest = (
			RowNumber()
			.over(RECORD.employee)
			.orderby(RECORD.year, RECORD.modified, RECORD.name, order=Order.desc)
		)
		ranked = (
			Query.from_(RECORD)
			.select(RECORD.employee, RECORD.box, RECORD.year, RECORD.name, newest.as_("place"))
			.where(
				(RECORD.docstatus == SUBMITTED)
				# A file may hold a 0, which is no year.
				& (RECORD.year > 0)
				& (RECORD.year <= bind(today.year))
				& scope.has(RECORD.employee, bind)
			)
		)
		return (
			Query.from_(ranked)
			.select(ranked.employee, ranked.box, ranked.year, ranked.name)
			.where(ranked.place == 1)
		)

	newest: dict[str, tuple[tuple, TalentBox]] = {}
	for employee, box, year, name in stream(database, build):
		for owner in scope.owners(employee):
			rank = (year, owner == employee, name)
			if owner not in newest or rank > newest[owner][0]:
				newest[owner] = rank, TalentBox(int(box), int(year), name)
	return {owner: entry for owner, (_rank, entry) in newest.items()}
