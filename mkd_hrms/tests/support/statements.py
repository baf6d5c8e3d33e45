"""What a piece of work asks of the database, with our events and without them."""

import re
from collections import Counter
from contextlib import contextmanager

import frappe

from mkd_hrms.services.platform import listeners

LITERAL = re.compile(r"'[^']*'|\b\d+\b")
# Of a table this small the optimizer reads all rather than an index.
FEW_ROWS = 50


def statements_of(work, error=()):
	"""The statements of a piece of work, each with its values; `error` is what it is expected to raise."""
	found, run = [], frappe.db.sql

	def noted(query, *args, **kwargs):
		found.append((str(query), args))
		return run(query, *args, **kwargs)

	frappe.db.sql = noted
	try:
		work()
	except error:
		pass
	finally:
		del frappe.db.sql
	return found


def shapes(statements):
	"""How often each kind of statement was asked, whatever its values: the platform writes some into the text."""
	return Counter(LITERAL.sub("?", query) for query, _values in statements)


def is_looked_up(statement, index):
	"""Whether the database can find the rows by the index meant for it. Of a few rows it takes any index, or none.

	Of a statement in several parts each is found by some index, and one of them by this.
	"""
	query, values = statement
	plans = frappe.db.sql(f"explain {query}", *values, as_dict=True)
	possible = {name for plan in plans for name in (plan["possible_keys"] or "").split(",")}
	return index in possible and all(map(_by_index, plans))


def _by_index(plan):
	# What is known not to exist, and the parts put together, read no rows.
	if plan["rows"] is None:
		return True
	# Where a second index filters what the first one finds, MariaDB writes "ref|filter" and "2 (50%)".
	kind, rows = plan["type"].partition("|")[0], int(str(plan["rows"]).partition(" ")[0])
	return kind in ("const", "eq_ref", "ref", "range") or rows <= FEW_ROWS


@contextmanager
def without_our_events():
	"""Documents are stored as if this app had no say in any of them."""
	hooks = frappe.get_doc_hooks()
	own = {
		doctype: {
			event: [path for path in paths if not path.startswith("mkd_hrms.")]
			for event, paths in events.items()
		}
		for doctype, events in hooks.items()
	}
	frappe.local.doc_events_hooks = own
	try:
		yield
	finally:
		frappe.local.doc_events_hooks = hooks


@contextmanager
def without_mail():
	"""Nobody has asked for mail: the platform keeps one for each recipient, whoever writes it."""
	wanted = frappe.get_all("Notification Settings", {"enable_email_notifications": 1}, pluck="name")
	frappe.db.set_value("Notification Settings", {"name": ("in", wanted)}, "enable_email_notifications", 0)
	try:
		yield
	finally:
		frappe.db.set_value(
			"Notification Settings", {"name": ("in", wanted)}, "enable_email_notifications", 1
		)
		frappe.db.commit()


@contextmanager
def without_notification(name):
	"""A Notification is the platform's, evaluated document by document by another worker; in a test that is counted, too."""
	frappe.db.set_value("Notification", name, "enabled", 0)
	listeners.forget()
	try:
		yield
	finally:
		frappe.db.set_value("Notification", name, "enabled", 1)
		listeners.forget()
		frappe.db.commit()


def one_more(few, more):
	"""How many statements each further record cost, of two runs with so many records, and which: (records, statements)."""
	(fewer, before), (greater, after) = few, more
	cost = (len(after) - len(before)) / (greater - fewer)
	kinds = shapes(after) - shapes(before)
	return cost, "\n".join(f"{count} {kind}" for kind, count in kinds.most_common())


def rows_read(work):
	"""How many rows the database looked at for a piece of work, in tables and in indexes."""
	before = _handled()
	work()
	return _handled() - before


def _handled():
	return sum(int(value) for _name, value in frappe.db.sql("show session status like 'Handler\\_read\\_%'"))
