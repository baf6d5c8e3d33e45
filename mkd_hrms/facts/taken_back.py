"""Records that an undo takes back, as the last commit left them. Sets in, sets out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows

Record = dict[str, Any]


def lock_rows(
	database: Database, table: str, columns: Sequence[str], names: Collection[str]
) -> dict[str, Record]:
	"""Those of some rows that are still there, by name; nobody changes them until the transaction ends."""
	records = Table(table)

	def build(bind: Binder):
		query = Query.from_(records).select(*(records[column] for column in columns))
		return query.where(records.name.isin(bind.all(names))).for_update()

	found = (dict(zip(columns, row, strict=True)) for row in (rows(database, build) if names else ()))
	return {row["name"]: row for row in found}
