"""A lock of the database: it holds on any number of hosts, and ends with the connection of whoever holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import pymysql

import frappe


@contextmanager
def alone(work: str) -> Iterator[bool]:
	"""Whether nobody else on this site does this work at this moment. Nobody waits: the second one gets False."""
	name = lock_name(work)
	((got,),) = frappe.db.sql("select get_lock(%s, 0)", name)
	try:
		yield bool(got)
	finally:
		# A connection that broke has given the lock back already.
		with suppress(pymysql.MySQLError):
			if got:
				frappe.db.sql("select release_lock(%s)", name)


def hold_until_end(works: Iterable[str], seconds: int) -> bool:
	"""Take the locks of some works, always in the same order, until the transaction ends: who comes second waits.

	False where one of them was not to be had in so many seconds.
	"""
	names = sorted({lock_name(work) for work in works})
	if not names:
		return True
	asked = ", ".join(["get_lock(%s, %s)"] * len(names))
	answers = frappe.db.sql(f"select {asked}", [value for name in names for value in (name, seconds)])[0]
	held = [name for name, answer in zip(names, answers, strict=True) if answer]

	def release():
		if held:
			frappe.db.sql(f"select {', '.join(['release_lock(%s)'] * len(held))}", held)

	frappe.db.after_commit.add(release)
	frappe.db.after_rollback.add(release)
	return len(held) == len(names)


def is_held(work: str) -> bool:
	"""Whether anybody is at this work at this moment."""
	((free,),) = frappe.db.sql("select is_free_lock(%s)", lock_name(work))
	return not free


def lock_name(work: str) -> str:
	"""The lock belongs to the whole database server, and its name holds 64 characters."""
	return "mkd:" + hashlib.sha256(f"{frappe.conf.db_name}:{work}".encode()).hexdigest()[:40]
