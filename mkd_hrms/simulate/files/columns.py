"""What a column and a table of the files are: kinds, words, keys."""

from __future__ import annotations

from dataclasses import dataclass

from mkd_hrms.simulate.output.language import _

TEXT, DATE, DATETIME, WHOLE, NUMBER, CHECK = "text", "date", "datetime", "whole", "number", "check"
# How DuckDB calls each kind.
SQL_TYPES = {
	TEXT: "VARCHAR",
	DATE: "DATE",
	DATETIME: "TIMESTAMP",
	WHOLE: "BIGINT",
	NUMBER: "DOUBLE",
	CHECK: "BIGINT",
}
# The platform stores 0 where nothing was entered.
ZERO_WHEN_EMPTY = (WHOLE, NUMBER, CHECK)
EXPECTED = {WHOLE: _("a whole number"), NUMBER: _("a number like 4.25"), CHECK: _("0 or 1")}
# What might be a number with another decimal sign, or with points between thousands.
WITH_COMMA, PARTED = r"[+-]?[\d.\s]*,[\d.,\s]*", r"[+-]?[1-9]\d{0,2}(\.\d{3})+"


@dataclass(frozen=True, slots=True)
class Column:
	"""One column: its kind, whether every row must have it, its words, the table whose key it names.

	`spellings` are pairs of what stands in a file, in small letters with single blanks, and the word that it means; None
	is nothing said. `most`: a greater number is a slip of the pen. `may_lie_outside`: what it names need not be among the files.
	"""

	name: str
	kind: str = TEXT
	required: bool = False
	words: tuple[str, ...] = ()
	refers_to: str | None = None
	may_be_missing: bool = True
	empty_is_zero: bool = True
	spellings: tuple[tuple[str, str | None], ...] = ()
	most: int | None = None
	may_lie_outside: bool = False

	@property
	def default(self) -> str:
		"""What stands where nothing was entered, as SQL."""
		return "0" if self.kind in ZERO_WHEN_EMPTY and self.empty_is_zero else "NULL"


@dataclass(frozen=True, slots=True)
class Table:
	"""One table; `periods` are pairs of columns of which the second must not lie before the first.

	`completed`: the loader fills in what the file lacks. `closed`: no row means that there is none, so that a file
	which is not found would clear everybody.
	"""

	name: str
	columns: tuple[Column, ...]
	periods: tuple[tuple[str, str], ...] = ()
	required: bool = False
	completed: bool = False
	closed: bool = False

	@property
	def sql_name(self) -> str:
		return f"tab{self.name}"

	@property
	def has_key(self) -> bool:
		return self.columns[0].name == "name"

	def column(self, name: str) -> Column:
		return next(column for column in self.columns if column.name == name)


def needed(name: str, kind: str = TEXT, words: tuple[str, ...] = (), refers_to: str | None = None) -> Column:
	"""A column that must be there and filled in every row."""
	return Column(name, kind, True, words, refers_to, may_be_missing=False)


KEY = needed("name")
DOCSTATUS = needed("docstatus", WHOLE, ("0", "1", "2"))
EMPLOYEE = needed("employee", refers_to="Employee")
# No scale of anybody has more points; beyond the policy's own scale a score is not known, which is no damage.
HIGHEST_SCORE = 1000
MODIFIED = Column("modified", DATETIME)
PERIOD = (("from_date", "to_date"),)
