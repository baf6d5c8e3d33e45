"""Which rows of which tables a story left behind: the difference of all tables, and whose each row is.

A row is somebody's if it names him, his user, or a row that is his. Rows that name nobody of the cast are no story's:
runs of everybody, what the scheduler notes of itself, the logins of the superior.
"""

import json
import re

import frappe

# What belongs to the machine and to no document; attendance of the office and standings are made for everybody.
EXCLUDED = frozenset(
	(
		"Sessions",
		"Error Log",
		"Scheduled Job Log",
		"RQ Job",
		"Deleted Document",
		"Route History",
		"Singles",
		"MKD Eligibility",
	)
)
LONG_ENOUGH = 8


def names_of_all():
	"""Every table of documents, with the names it holds."""
	return {table: set(frappe.db.sql_list(f"select name from `{table}`")) for table in tables()}


def tables():
	found = frappe.db.sql_list(
		"select table_name from information_schema.columns where table_schema = database()"
		" and column_name = 'creation' and table_name like 'tab%%'"
	)
	sequences = frappe.db.sql_list(
		"select table_name from information_schema.tables where table_schema = database()"
		" and table_type <> 'BASE TABLE'"
	)
	return sorted(table for table in {*found} - {*sequences} if table.removeprefix("tab") not in EXCLUDED)


def rows_since(before):
	"""The rows that were not there before, by table; dates and times as text."""
	frappe.db.rollback()
	found = {}
	for table, names in names_of_all().items():
		new = sorted(names - before.get(table, set()), key=str)
		if new:
			rows = frappe.db.sql(
				f"select * from `{table}` where name in %s order by creation, name", (new,), as_dict=True
			)
			found[table] = [plain(row) for row in rows if not _of_the_office(table, row)]
	return found


def _of_the_office(table, row):
	return table == "tabAttendance" and not (row.mkd_day or row.leave_application)


def plain(row):
	return json.loads(json.dumps(row, default=str))


def by_owner(rows, cast):
	"""By story and table, the rows that are somebody's of the cast, and the rest; `cast` has for each his tokens.

	Raises RuntimeError for a row of several people: a copy could name only one of them.
	"""
	owner_of = {token: name for name, tokens in cast.items() for token in tokens}
	pattern = re.compile("|".join(re.escape(token) for token in sorted(owner_of, key=len, reverse=True)))
	found, left = {name: {} for name in cast}, dict(rows)
	while True:
		waiting, left, known = left, {}, {}
		for table, row in ((table, row) for table, of_table in waiting.items() for row in of_table):
			owners = _owners(row, pattern, owner_of)
			if len(owners) > 1:
				raise RuntimeError(f"A row of {table} is of several people: {sorted(owners)}, {row['name']}.")
			target = found[min(owners)] if owners else left
			target.setdefault(table, []).append(row)
			if owners and isinstance(row["name"], str) and len(row["name"]) >= LONG_ENOUGH:
				known[row["name"]] = min(owners)
		owner_of |= known
		if not known:
			return found, left


def _owners(row, pattern, owner_of):
	owners = set()
	for value in row.values():
		if isinstance(value, str):
			if value in owner_of:
				owners.add(owner_of[value])
			owners.update(owner_of[token] for token in pattern.findall(value))
	return owners


def tokens(person):
	return [person.name, person.user_id, person.employee_name]


def once(by_story, cast):
	"""Takes the rows out that somebody has only once, because they or what they stand in are called like him."""
	found = {}
	for story, of_tables in by_story.items():
		for table, rows in of_tables.items():
			own = [row for row in rows if _is_his(row, cast[story])]
			of_tables[table] = [row for row in rows if row not in own]
			if own:
				found.setdefault(story, {})[table] = own
		by_story[story] = {table: rows for table, rows in of_tables.items() if rows}
	return found


def _is_his(row, tokens_of_him):
	return any(token in f"{row['name']} {row.get('parent')}" for token in tokens_of_him)
