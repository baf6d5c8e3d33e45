"""Whether a copy is what the app writes: the same happened to two people, and a copy of the first is made for the second.

Names, marks and moments differ. How many rows each table has, whom, what and which days they name, and all their other
columns must not.
"""

import re

from benchmarks.province import copying, stories
from benchmarks.province.people import department_of_the_cast
from benchmarks.province.values import quoted

# What is another one each time: the hour, running numbers, random names, hashes of contents.
VARYING = re.compile(
	r"[ T]\d\d:\d\d:\d\d(\.\d+)?|\d{5,}(?=\b)|\b[0-9a-v]{10}\b|\b[0-9a-f]{20}\b|\b[0-9a-f]{32,}\b|\$pbkdf2\S+|\d+\.\d{5,}"
)
# Weights of the rows of a table, and what a session was given.
NOT_COMPARED = frozenset(("idx", "lft", "rgt"))


def differences(copier, captured):
	"""By table, what only the app wrote and what only the copy has; empty where they say the same."""
	first, second = stories.AGAIN
	found = {}
	for table in sorted({*captured["over"][first], *captured["over"][second]}):
		written = shapes(captured["over"][second].get(table, ()))
		copied = shapes(copies(copier, table, first, captured["cast"], second))
		if written != copied:
			found[table] = {"written": without(written, copied), "copied": without(copied, written)}
	return found


def copies(copier, table, story, cast, whom):
	"""The rows that the copier makes of a story for somebody of the cast, at the days on which it was played."""
	people = {
		f"{rank}{column}": name
		for rank, who in (("", whom), ("boss_", "boss"), ("chief_", "chief"))
		for column, name in zip(columns_of(rank), cast[who], strict=True)
	}
	people["department"] = department_of_the_cast()
	person = ", ".join(f"{quoted(name)} as `{column}`" for column, name in people.items())
	for columns, values in copier.selects(table, story):
		rows = copying.rows(
			f"select {values} from (select 1 as id, 1 as seed, 0 as shift) i join (select {person}) p"
		)
		yield dict(zip(columns, rows[0], strict=True))


def columns_of(rank):
	return ("employee", "user", "name" if rank else "full_name")


def shapes(rows):
	"""What rows say apart from what varies, in an order of its own."""
	return sorted(
		str(
			{
				column: VARYING.sub("?", str(value))
				for column, value in row.items()
				if column not in NOT_COMPARED
			}
		)
		for row in rows
	)


def without(these, those):
	left = list(these)
	for shape in those:
		if shape in left:
			left.remove(shape)
	return left[:3]
