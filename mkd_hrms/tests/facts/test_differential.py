"""The same agency on MariaDB and on DuckDB: the same queries find the same facts, and the rules say the same."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.facts import agency
from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.coverage_rules import (
	read_coverage_rules,
	read_office_days,
	read_service_points,
	read_tree,
)
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.ledger.away_dates import count_by_circular, count_by_date
from mkd_hrms.facts.ledger.unit_days import read_colleagues
from mkd_hrms.facts.people import read_people
from mkd_hrms.facts.shares import read_parts
from mkd_hrms.policy import evaluate, packs
from mkd_hrms.policy.coverage import AWAY_STATES, Where
from mkd_hrms.policy.dates import absence_window, days_between
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Gate
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables

EMPLOYEES, SEED, UNTIL = 400, 7, date(2026, 11, 24)
TODAY = date(2026, 11, 25)
# Tomorrow, weeks ahead, the next year, and a correction of a day that is over.
MKD_DATES = (date(2026, 11, 26), date(2026, 12, 18), date(2027, 1, 4), date(2026, 10, 5))
# Keeps the sample's records apart from those of the site.
PREFIX = "Diff "
# The borders of its tree of units lie beyond those of the site's.
BEYOND = 1_000_000
# Days of leave in a row that the sample's people have.
LONG = 3


class TestDifferential(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.addClassCleanup(frappe.db.rollback)
		with tempfile.TemporaryDirectory() as folder:
			write_tables(make_agency(EMPLOYEES, SEED, UNTIL), Path(folder), "parquet")
			cls.agency = load(Path(folder))
		mark_outages(cls.agency.connection)
		leave_one_pending(cls.agency.connection)
		set_apart(cls.agency.connection)
		copy_to_site(cls.agency.connection)
		cls.duck, cls.maria = DuckDatabase(cls.agency.connection), SiteDatabase()
		cls.scopes = list(scopes(cls.duck))
		cls.policy = replace(packs.load("jabar-2023"), gates=frozenset(Gate))

	def facts(self, database, scope, on):
		people = read_people(database, scope)
		first = absence_window(on, TODAY, self.policy.absence_window_months, None)[0]
		calendars = read_calendars(database, people.values(), first, date(2027, 1, 31))
		when = AsOf(on=on, today=TODAY, attendance_from=self.agency.attendance_from)
		return people, gather(database, scope, people, calendars, self.policy, when, until=on)

	def test_both_find_the_same_people_facts_and_decisions(self):
		judged = 0
		for on in MKD_DATES:
			for scope in self.scopes:
				people, facts = self.facts(self.maria, scope, on)
				same_people, same_facts = self.facts(self.duck, scope, on)
				self.assertEqual(people, same_people)
				self.assertEqual(facts.keys(), same_facts.keys())
				for name, found in facts.items():
					with self.subTest(employee=name, on=on):
						self.assertEqual(found, same_facts[name])
						decisions = [
							evaluate(self.policy, each[name], on, TODAY) for each in (facts, same_facts)
						]
						self.assertEqual(*decisions)
					judged += 1
		self.assertEqual(judged, EMPLOYEES * len(MKD_DATES))

	def test_a_share_finds_of_its_people_what_the_company_finds_on_both(self):
		company, on = self.scopes[0].company, MKD_DATES[0]
		for database in (self.maria, self.duck):
			whole, found = self.facts(database, self.scopes[0], on)[1], {}
			parts = read_parts(database, company, 150)
			self.assertGreater(len(parts), 2)
			for part in parts:
				facts = self.facts(database, Scope(company=company, share=part.share), on)[1]
				self.assertEqual(len(facts), part.people)
				self.assertFalse(found.keys() & facts.keys())
				found |= facts
			self.assertEqual(found, whole)

	def test_they_have_found_something(self):
		"""Two empty tables are equal as well."""
		_people, facts = self.facts(self.maria, self.scopes[0], MKD_DATES[0])
		for name in (
			"suitability",
			"result",
			"sanctions",
			"suspensions",
			"agreements",
			"gate_decisions",
			"productive",
			"talent_box",
		):
			self.assertTrue(any(getattr(found, name) for found in facts.values()), name)
		attendance = [found.attendance for found in facts.values()]
		for name in ("working_days", "without_record", "absences", "late_days"):
			self.assertGreater(len({getattr(record, name) for record in attendance}), 1, name)
		for name in ("overdue", "rejected"):
			self.assertGreater(len({getattr(found.reports, name) for found in facts.values()}), 1, name)

	def test_the_outages_excuse_something_on_both(self):
		"""And not because the tables have none."""
		attendance = {}
		for database in (self.maria, self.duck):
			facts = self.facts(database, self.scopes[0], MKD_DATES[0])[1]
			attendance[database] = {name: found.attendance for name, found in facts.items()}
		self.duck.connection.execute('BEGIN; DELETE FROM "tabMKD Outage"')
		facts = self.facts(self.duck, self.scopes[0], MKD_DATES[0])[1]
		self.duck.connection.execute("ROLLBACK")
		for found in attendance.values():
			for mark in ("absences", "late_days", "without_record"):
				saved = [
					name
					for name, record in found.items()
					if getattr(record, mark) < getattr(facts[name].attendance, mark)
				]
				self.assertTrue(saved, mark)

	def test_both_count_the_same_people_in_the_same_units(self):
		company, columns = self.scopes[0].company, ("department", "designation")
		employees = sorted(read_people(self.duck, self.scopes[0]))
		self.assertEqual(agency.count_active(self.maria, [company]), len(employees))
		self.assertIn(company, agency.read_companies_with_people(self.maria))
		for read in (
			lambda database: agency.count_active(database, [company]),
			*(partial(counted, column) for column in columns),
			lambda database: [name for name in agency.read_companies(database) if name.startswith(PREFIX)],
		):
			found = read(self.duck)
			self.assertTrue(found)
			self.assertEqual(read(self.maria), found)
		below = {
			unit: agency.read_units_below(self.duck, unit)
			for unit in agency.count_active_by(self.duck, "department")
		}
		self.assertGreater(max(map(len, below.values())), 1)
		for unit, found in below.items():
			self.assertEqual(agency.read_units_below(self.maria, unit), found)

	def test_both_find_the_same_people_away_in_the_same_units(self):
		company, since, until = self.scopes[0].company, date(2026, 9, 1), date(2026, 12, 31)
		units = tuple(sorted(agency.read_units_below(self.duck, some_unit(self.duck.connection))))
		for scope in (Scope(company=company), Scope(units=units), Scope(units=units[:1])):
			of_maria, of_duck = (
				read_colleagues(database, scope, since, until, LONG) for database in (self.maria, self.duck)
			)
			self.assertTrue(of_duck)
			self.assertEqual([person.record for person in of_maria], [person.record for person in of_duck])
			for one, other in zip(of_maria, of_duck, strict=True):
				self.assertEqual(one.days, other.days)
				self.assertEqual(one.long_leave, other.long_leave)
				for day in days_between(since, until):
					self.assertEqual(one.on(day), other.on(day), (one.record.employee, day))
		everybody = read_colleagues(self.duck, Scope(company=company), since, until, LONG)
		seen = {person.on(day) for person in everybody for day in days_between(since, until)}
		self.assertEqual(seen, set(Where))

	def test_both_count_the_same_days_ahead_and_by_circular(self):
		dates = count_by_date(self.duck, TODAY, AWAY_STATES)
		self.assertGreater(len(dates), 3)
		on_site = count_by_date(self.maria, TODAY, AWAY_STATES)
		self.assertLessEqual(set(dates), set(on_site))
		for period in ((TODAY,), (TODAY, date(2026, 12, 3))):
			states, *until = AWAY_STATES, *period[1:]
			found = count_by_circular(self.duck, period[0], states, *until)
			self.assertTrue(found)
			of_site = count_by_circular(self.maria, period[0], states, *until)
			self.assertEqual([entry for entry in of_site if PREFIX in (entry.department or "")], list(found))

	def test_both_find_what_was_laid_down_for_units(self):
		connection, on = self.duck.connection, MKD_DATES[0]
		unit, company = some_unit(connection), self.scopes[0].company
		employees = sorted(read_people(self.duck, Scope(company=company)))[:2]
		make_registers(connection, unit, company, employees)
		for read in (
			lambda database: read_coverage_rules(database, on, on),
			lambda database: read_service_points(database, on, on),
			lambda database: read_office_days(database, on, on),
			lambda database: read_service_points(database, on, on, employees[1:]),
			lambda database: {name: row for name, row in read_tree(database).items() if name == unit},
		):
			found = read(self.duck)
			self.assertTrue(found)
			if isinstance(found, dict):
				self.assertEqual(read(self.maria).keys(), found.keys())
			else:
				self.assertEqual([entry for entry in read(self.maria) if PREFIX in entry.name], list(found))
		self.assertFalse(read_service_points(self.duck, on, on, ["nobody"]))
		self.assertFalse(read_coverage_rules(self.duck, date(2020, 1, 1), date(2020, 1, 2)))


def some_unit(connection: duckdb.DuckDBPyConnection) -> str:
	"""A unit with others below it, but not the whole tree."""
	query = """
		SELECT name FROM "tabDepartment" WHERE parent_department IS NOT NULL ORDER BY rgt - lft DESC, name LIMIT 1
	"""
	return connection.execute(query).fetchone()[0]


RULE = (
	"name department company valid_from valid_to cap_percent min_on_site min_on_site_percent counts_together"
	" legal_basis"
).split()
POINT = "name service_point_name department min_on_site valid_from valid_to".split()
OFFICE = "name title kind company department from_date to_date weekday legal_basis docstatus".split()
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def make_registers(connection, unit, company, employees):
	"""More than the sample holds: a rule, a counter of two people, an office day of a company, and a draft of one."""
	apel = ("Apel", "Roll Call")
	make_rows(
		connection,
		"MKD Coverage Rule",
		RULE,
		[(f"{PREFIX}R", unit, company, FIRST, None, 40.5, 2, 30.0, 1, "SE 1")],
	)
	make_rows(connection, "MKD Service Point", POINT, [(f"{PREFIX}P", "Loket", unit, 1, FIRST, LAST)])
	members = [(f"{PREFIX}{name}", f"{PREFIX}P", name) for name in employees]
	make_rows(connection, "MKD Service Point Member", ["name", "parent", "employee"], members)
	office_days = [
		(f"{PREFIX}O", *apel, company, None, FIRST, LAST, "Thursday", "SE 1", 1),
		(f"{PREFIX}N", *apel, None, unit, FIRST, LAST, None, "SE 1", 0),
	]
	make_rows(connection, "MKD Office Day", OFFICE, office_days)


def make_rows(connection, table, columns, values):
	"""The same rows on the site and in DuckDB, which knows only the columns of files."""
	frappe.db.bulk_insert(table, columns, values)
	known = {column.name for column in BY_NAME[table].columns}
	places = [place for place, column in enumerate(columns) if column in known]
	named, marks = ", ".join(columns[place] for place in places), ", ".join("?" * len(places))
	for row in values:
		connection.execute(
			f'INSERT INTO "tab{table}" ({named}) VALUES ({marks})', [row[place] for place in places]
		)


def counted(column, database):
	"""How many people the sample has in each unit or designation."""
	found = agency.count_active_by(database, column)
	return {name: count for name, count in found.items() if name.startswith(PREFIX)}


def mark_outages(connection: duckdb.DuckDBPyConnection) -> None:
	"""Of everybody, of the company and of a unit's tree, on the days that have most marks."""
	days = connection.execute(
		"SELECT attendance_date FROM \"tabAttendance\" WHERE status = 'Absent' OR late_entry = 1 OR early_exit = 1"
		" GROUP BY 1 HAVING attendance_date > DATE '2026-10-26' ORDER BY count(*) DESC, 1 DESC LIMIT 4"
	).fetchall()
	company, unit = connection.execute(
		'SELECT company, name FROM "tabDepartment" WHERE parent_department IS NOT NULL ORDER BY rgt - lft DESC, name'
	).fetchone()
	whom = (
		*(("All", None, None), ("All", None, None)),
		*(("Company", company, None), ("Department", None, unit)),
	)
	hours = (("07:00", "09:00"), ("14:00", "17:00"), ("06:00", "20:00"), ("06:00", "20:00"))
	for number, ((day,), (first, last), (scope, *names)) in enumerate(zip(days, hours, whom, strict=True)):
		connection.execute(
			'INSERT INTO "tabMKD Outage" (name, from_datetime, to_datetime, scope, company, department, docstatus)'
			" VALUES ($1, $2, $3, $4, $5, $6, 1)",
			[f"OUT-{number}", f"{day} {first}", f"{day} {last}", scope, *names],
		)


def leave_one_pending(connection: duckdb.DuckDBPyConnection) -> None:
	"""One day of the ledger that nobody has decided about."""
	connection.execute("""
		UPDATE "tabMKD Day" SET status = 'Pending' WHERE name = (
			SELECT name FROM "tabMKD Day" WHERE status = 'Worked' ORDER BY mkd_date DESC, name LIMIT 1
		)
	""")


def set_apart(connection: duckdb.DuckDBPyConnection) -> None:
	"""Rename every record of a loaded sample and every reference to one, designations included."""
	for table in TABLES:
		columns = {column.name for column in table.columns if column.name == "name" or column.refers_to}
		columns |= {"designation", "reference_name"} & {column.name for column in table.columns}
		for column in sorted(columns):
			connection.execute(f'UPDATE "{table.sql_name}" SET "{column}" = \'{PREFIX}\' || "{column}"')


def copy_to_site(connection: duckdb.DuckDBPyConnection) -> None:
	"""The loaded tables as rows of the site, in the running transaction; its tree of units beside the site's own."""
	for table in TABLES:
		if table.name == "Singles" or not frappe.db.table_exists(table.name):
			continue
		columns = [column.name for column in table.columns]
		moved = [f"{name} + {BEYOND}" if name in ("lft", "rgt") else name for name in columns]
		rows = connection.execute(f'SELECT {", ".join(moved)} FROM "{table.sql_name}"').fetchall()
		if "name" not in columns:
			columns.append("name")
			rows = [(*row, f"{PREFIX}{table.name} {number}") for number, row in enumerate(rows)]
		frappe.db.bulk_insert(table.name, columns, rows, chunk_size=5000)


def scopes(duck: DuckDatabase) -> Iterator[Scope]:
	"""The active people of the sample's company, and the others by name."""
	(company,) = duck.connection.execute('SELECT name FROM "tabCompany"').fetchone()
	yield Scope(company=company)
	query = "SELECT name FROM \"tabEmployee\" WHERE status IS DISTINCT FROM 'Active' ORDER BY name"
	yield Scope(employees=tuple(name for (name,) in duck.connection.execute(query).fetchall()))
