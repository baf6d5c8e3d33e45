"""The database of the site that the code runs in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.database import get_db
from frappe.database.mariadb.database import MariaDBDatabase

from mkd_hrms.facts.database.prefetch import TakenAhead

# Seconds that MariaDB waits for us to take the next row, while we judge and write those that we have.
PATIENCE = 3600
# Seconds after which a thread that judges lets one that takes rows or writes them have its turn: these have little to
# do in Python, and MariaDB waits for them.
TURN = 0.001


class SiteDatabase:
	"""MariaDB through Frappe's own connection, inside the running transaction."""

	quote, apart = "`", False

	def placeholder(self, name: str) -> str:
		return f"%({name})s"

	@property
	def connection(self):
		return frappe.db

	def fetch(self, sql: str, values: dict[str, Any]) -> Sequence[tuple]:
		return self.connection.sql(sql, values)

	def stream(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		with self.connection.unbuffered_cursor():
			yield from self.connection.sql(sql, values, as_list=True, as_iterator=True)

	def ahead(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		return self.stream(sql, values)


class ReadingApart(SiteDatabase):
	"""Two more connections: on one MariaDB counts while we read on the other and judge. The site's own is left to the writer.

	Whoever writes in a thread has a statement under way there while the next people are asked about.
	"""

	apart = True

	def __init__(self, connection: MariaDBDatabase, beside: MariaDBDatabase) -> None:
		self._connection, self._beside = connection, beside
		self._begun: list[TakenAhead] = []

	@property
	def connection(self):
		return self._connection

	def ahead(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		self._begun.append(TakenAhead(self._row_by_row(sql, values)))
		return self._begun[-1]

	def stop(self) -> None:
		"""End what was begun, whoever still asks for it."""
		for taken in self._begun:
			taken.stop()

	def _row_by_row(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		"""Frappe's iterator waits for a thousand rows, and meanwhile nobody would be judged."""
		with self._beside.unbuffered_cursor():
			self._beside.sql(sql, values, as_list=True, as_iterator=True)
			yield from iter(self._beside._cursor.fetchone, None)


class Beside(SiteDatabase):
	"""Another connection to the site's database: it sees only what is committed."""

	def __init__(self, connection: MariaDBDatabase) -> None:
		self._connection = connection

	@property
	def connection(self):
		return self._connection


@contextmanager
def another_connection() -> Iterator[MariaDBDatabase]:
	"""A second connection to the site's database for the length of the block: nothing of it joins our transaction."""
	conf = frappe.local.conf
	connection = get_db(
		socket=conf.db_socket,
		host=conf.db_host,
		port=conf.db_port,
		user=conf.db_name,
		password=conf.db_password,
		cur_db_name=conf.db_name,
	)
	try:
		yield connection
	finally:
		connection.close()


@contextmanager
def reading_apart() -> Iterator[ReadingApart]:
	"""Connections that read for the length of the block; they see only what is committed."""
	with another_connection() as connection, another_connection() as beside:
		beside.sql(f"set session net_write_timeout = {PATIENCE}")
		for each in (connection, beside):
			each.begin(read_only=True)
		database = ReadingApart(connection, beside)
		try:
			with _switching_every(TURN):
				yield database
		finally:
			database.stop()


@contextmanager
def _switching_every(seconds: float) -> Iterator[None]:
	"""How long a thread of this process keeps the interpreter while others wait for it."""
	before = sys.getswitchinterval()
	sys.setswitchinterval(seconds)
	try:
		yield
	finally:
		sys.setswitchinterval(before)
