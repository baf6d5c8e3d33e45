"""The database of the site that the code runs in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.database import get_db

# Seconds that MariaDB waits for us to take the next row, while we judge and write those that we have.
PATIENCE = 3600


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


class ReadingApart(SiteDatabase):
	"""MariaDB through a connection of its own: it sees what is committed, and reads while Frappe's one writes."""

	apart, connection = True, None

	def __init__(self, connection) -> None:
		self.connection = connection

	def stream(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		"""Row by row: Frappe's iterator waits for a thousand of them, and meanwhile nobody would be judged."""
		with self.connection.unbuffered_cursor():
			self.connection.sql(sql, values, as_list=True, as_iterator=True)
			yield from iter(self.connection._cursor.fetchone, None)


@contextmanager
def reading_apart() -> Iterator[ReadingApart]:
	"""A second connection to the site's database for the length of the block."""
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
		connection.sql(f"set session net_write_timeout = {PATIENCE}")
		connection.begin(read_only=True)
		yield ReadingApart(connection)
	finally:
		connection.close()
