"""A statement per table and batch that makes the rows of all from those of a few.

What a table holds of a story is read once; each of its rows becomes a `select` from the instances of that story. Rows
whose names have no order are made in the order of their names, those that are numbered in the order of time: so the
tables are filled from the front to the back, and end as those of a site on which names came by chance.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import frappe

from benchmarks.province.people import OWN_COLUMNS
from benchmarks.province.values import SEED_BITS, Kind, Translator, is_numbered, name_expression
from mkd_hrms.services.platform.numbers import NUMBERED as NUMBERED_BY_SEQUENCE

INSTANCE = "benchmark_instance"
INSTANCE_COLUMNS = (
	"id int primary key, seed int, story varchar(20), person int, shift int, round int,"
	" key (story, round, id), key (story, round, seed)"
)
# An odd number: multiplied by it, numbers below 2^26 are mixed and stay different.
MIXER, MASK = 40_503_177, 2**SEED_BITS - 1
# So many rows come from one statement.
ROWS_AT_ONCE = 200_000
# A statement keeps one processor busy, and MariaDB has one thread for each connection.
TABLES_AT_ONCE = 2


class Copier:
	"""Knows the captured rows of every story; `people` says whose names stand for which column of the target's."""

	def __init__(self, stories, people, keeps):
		self.stories = stories
		self.people = people
		self.keeps = keeps
		self.kinds = {table: self._kind(table) for table in self.tables()}
		self.translators = {story: self._translator(story) for story in stories}

	def tables(self):
		return sorted({table for rows in self.stories.values() for table in rows})

	def _kind(self, table):
		rows = [rows[table] for rows in self.stories.values() if table in rows]
		return Kind(table, max(map(len, rows)), is_numbered(rows[0][0]["name"]))

	def _translator(self, story):
		expressions = dict(self.people[story])
		# A result of last year stays one of last year.
		for day in ("2025-12-31", "2025-01-01", "2026-12-31"):
			expressions[day] = f"'{day}'"
		person = Translator(self.people[story])
		for table, rows in self.stories[story].items():
			for ordinal, row in enumerate(rows):
				name = row["name"]
				if isinstance(name, str) and person(name) == f"'{name}'":
					# A record that is called like the one it belongs to keeps being called like that.
					expressions.setdefault(name, name_expression(self.kinds[table], ordinal, row))
		return Translator(expressions)

	def selects(self, table, story):
		"""One `select` for each row of the story in this table, without its condition."""
		translate, own = (
			self.translators[story],
			OWN_COLUMNS.get(table, {}) if story.startswith("as ") else {},
		)
		for ordinal, row in enumerate(self.stories[story].get(table, ())):
			name = name_expression(self.kinds[table], ordinal, row) if isinstance(row["name"], int) else None
			values = {column: own.get(column) or translate(value) for column, value in row.items()}
			if row.get("events_key"):
				values["events_key"] = self._events_key(story, row)
			if name:
				values["name"] = name
			yield list(values), ", ".join(values.values())

	def _events_key(self, story, measure):
		"""The mark of what a measure answers, as the ladder makes it: whose, which step, which days in their order."""
		translate = self.translators[story]
		events = [event[1:3] for event in json.loads(measure["source_events"])["events"]]
		order = [row["name"] for row in self.stories[story]["tabMKD Day"]]
		days = sorted({record for _kind, record in events}, key=order.index)
		text = f"{measure['employee']}|{measure['step']}|{events[-1][0]}|{','.join(days)}"
		return f"left(sha2({translate(text)}, 256), 40)"

	def copy(self, round_):
		"""All rows of a round of instances; returns how many each table got."""
		site = frappe.local.site
		frappe.db.commit()

		def copy_table(table):
			with connection_of_its_own(site), keys_at_the_end(table):
				return self._copy_table(table, round_)

		tables = sorted(self.tables(), key=self._work, reverse=True)
		with ThreadPoolExecutor(TABLES_AT_ONCE) as pool:
			return dict(sorted(zip(tables, pool.map(copy_table, tables), strict=True)))

	def _work(self, table):
		"""The largest first: what is left for the end is then small."""
		return sum(len(rows[table]) * len(rows[table][0]) for rows in self.stories.values() if table in rows)

	def _copy_table(self, table, round_):
		kind, count = self.kinds[table], 0
		column = "id" if kind.numbered else "seed"
		stories = [story for story in self.stories if table in self.stories[story]]
		for first, last in self._batches(column, round_, kind.most, stories):
			parts, columns = [], None
			for story in stories:
				for columns, values in self.selects(table, story):  # noqa: B007
					parts.append(
						f"select {values} from {INSTANCE} i join benchmark_person p on p.number = i.person"
						f" where i.story = '{story}' and i.round = {round_} and i.{column} between {first} and {last}"
						f" and i.shift >= {self.keeps(table)}"
					)
			names = ", ".join(f"`{name}`" for name in columns)
			count += run(f"insert into `{table}` ({names}) {' union all '.join(parts)}")
			frappe.db.commit()
		return count

	def _batches(self, column, round_, most, stories):
		"""Ranges of the column, so that no statement makes too many rows."""
		some = ", ".join(f"'{story}'" for story in stories)
		lowest, highest, count = frappe.db.sql(
			f"select min({column}), max({column}), count(*) from {INSTANCE} where round = {round_} and story in ({some})"
		)[0]
		if not count:
			return
		batches = max(1, round(count * most / ROWS_AT_ONCE))
		width = (highest - lowest) // batches + 1
		for start in range(lowest, highest + 1, width):
			yield start, start + width - 1


@contextmanager
def connection_of_its_own(site):
	"""For a thread: its own session, in which what is put together of texts and columns compares like the columns."""
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		with_one_collation()
		yield
	finally:
		frappe.destroy()


def with_one_collation():
	frappe.db.sql("set collation_connection = utf8mb4_unicode_ci, foreign_key_checks = 0")


@contextmanager
def keys_at_the_end(table, but=()):
	"""Sorted once when all rows are there, a key costs a part of what it costs to meet them in any order."""
	lines = (line.strip().rstrip(",") for line in rows(f"show create table `{table}`")[0][1].splitlines())
	kinds = ("KEY ", "UNIQUE KEY ", "FULLTEXT KEY ")
	keys = {line.split("`")[1]: line for line in lines if line.startswith(kinds)}
	keys = {name: line for name, line in keys.items() if name not in but}
	if keys:
		run(f"alter table `{table}` {', '.join(f'drop key `{name}`' for name in keys)}")
	yield
	if keys:
		run(f"alter table `{table}` {', '.join(f'add {line}' for line in keys.values())}")


def run(statement):
	"""Put to the server as it is: a percent sign is one."""
	return frappe.db._cursor.execute(statement)


def continue_numbers(kinds):
	"""What comes next gets the number after the highest, in every series."""
	for kind in kinds.values():
		doctype = kind.table.removeprefix("tab")
		if not kind.numbered or doctype in NUMBERED_BY_SEQUENCE or isinstance(first_name(kind.table), int):
			continue
		frappe.db.sql(
			f"""insert into `tabSeries` (name, current)
			select regexp_substr(name, '^.*20[0-9][0-9]-') as beginning,
				max(cast(regexp_replace(name, '^.*20[0-9][0-9]-([0-9]+).*$', '\\\\1') as unsigned))
			from `{kind.table}` where name regexp '^.*20[0-9][0-9]-[0-9]+' group by beginning
			on duplicate key update current = greatest(current, values(current))"""
		)
	frappe.db.commit()


def first_name(table):
	return frappe.db.sql(f"select name from `{table}` limit 1")[0][0]


def rows(statement):
	run(statement)
	return frappe.db._cursor.fetchall()
