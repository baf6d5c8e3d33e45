"""Where the tables are. Queries are built once and run on MariaDB inside a site or on DuckDB outside one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol

from pypika import CustomFunction, Parameter
from pypika.queries import QueryBuilder

# The values of a group in one text, with a comma between two of them.
GroupConcat = CustomFunction("GROUP_CONCAT", ["term"])


class Database(Protocol):
	"""A connection that runs one statement with named values.

	`apart` says that a statement asked for ahead runs beside all others, and beside the site's own connection.
	"""

	quote: str
	apart: bool

	def placeholder(self, name: str) -> str:
		"""How this database writes a named value in a statement."""

	def fetch(self, sql: str, values: dict[str, Any]) -> Sequence[tuple]:
		"""All rows of a statement, in the order of its columns."""

	def stream(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		"""The same rows one after the other, without ever holding all of them."""

	def ahead(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		"""As `stream`; where the database reads apart, the statement begins at once."""


class Binder:
	"""Hands out parameters: no value ever becomes part of a statement's text."""

	def __init__(self, database: Database) -> None:
		self.database = database
		self.values: dict[str, Any] = {}

	def __call__(self, value: Any) -> Parameter:
		name = f"v{len(self.values)}"
		self.values[name] = value
		return Parameter(self.database.placeholder(name))

	def all(self, values: Iterable[Any]) -> list[Parameter]:
		"""A parameter for each value, for `isin`."""
		return [self(value) for value in values]


def rows(database: Database, build: Callable[[Binder], QueryBuilder]) -> Sequence[tuple]:
	"""Build a query with bound values, run it, and return its rows."""
	return database.fetch(*_statement(database, build))


def stream(database: Database, build: Callable[[Binder], QueryBuilder]) -> Iterator[tuple]:
	"""As `rows`, for statements with a row per person; no other one may run before the last row is taken."""
	return database.stream(*_statement(database, build))


def ahead(database: Database, build: Callable[[Binder], QueryBuilder]) -> Iterator[tuple]:
	"""As `stream`; where the database reads apart, the statement begins at once and others may run meanwhile."""
	return database.ahead(*_statement(database, build))


def _statement(database: Database, build: Callable[[Binder], QueryBuilder]) -> tuple[str, dict[str, Any]]:
	bind = Binder(database)
	query = build(bind)
	return query.get_sql(quote_char=database.quote), bind.values


def check_whole(values: Collection[str], count: int) -> None:
	"""Raises ValueError where a text that GroupConcat made holds fewer values than there were."""
	if len(values) != count:
		raise ValueError("The database cut a list short: raise its group_concat_max_len.")


def grouped(found, kind) -> dict:
	"""Rows that begin with an employee, as tuples of `kind` by employee, in their order."""
	grouped = defaultdict(tuple)
	for employee, *entry in found:
		grouped[employee] += (kind(*entry),)
	return dict(grouped)
