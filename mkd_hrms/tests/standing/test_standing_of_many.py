"""The standing of a whole agency: as few statements as for a handful, in chunks that may be interrupted."""

import json
import tempfile
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from threading import Timer
from unittest.mock import patch

from freezegun import freeze_time

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.attendance import records
from mkd_hrms.facts.database.site import another_connection
from mkd_hrms.policy import as_json
from mkd_hrms.policy.model import Verdict
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.standing import refresh
from mkd_hrms.services.standing import rows as standing_rows
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.simulate.sample.units import COMPANY as SAMPLE_COMPANY
from mkd_hrms.tests.facts.test_differential import PREFIX, SEED, TODAY, UNTIL, copy_to_site, set_apart
from mkd_hrms.tests.support.frozen import NOON

COMPANY = PREFIX + SAMPLE_COMPANY
EMPLOYEES, FEW, CHUNK, SECONDS = 200, 10, 50, 2


class Killed(Exception):
	pass


class TestStandingOfMany(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		clock_ = freeze_time(NOON, tick=True)
		clock_.start()
		cls.addClassCleanup(clock_.stop)
		cls.addClassCleanup(remove_agency)
		with tempfile.TemporaryDirectory() as folder:
			write_tables(make_agency(EMPLOYEES, SEED, UNTIL), Path(folder), "parquet")
			agency = load(Path(folder))
		set_apart(agency.connection)
		copy_to_site(agency.connection)
		frappe.db.commit()
		cls.active = frappe.get_all("Employee", {"company": COMPANY, "status": "Active"}, pluck="name")

	def setUp(self):
		frappe.db.delete(ELIGIBILITY, {"company": COMPANY})
		frappe.db.commit()

	def test_many_need_no_more_statements_than_few(self):
		many = statements(lambda: refresh.refresh(COMPANY))
		kept = self.active[:FEW]
		self.addCleanup(self.set_status, "Active")
		self.set_status("Inactive", frappe.qb.DocType("Employee").name.notin(kept))
		frappe.db.delete(ELIGIBILITY, {"company": COMPANY})
		few = statements(lambda: self.assertEqual(refresh.refresh(COMPANY)["evaluated"], FEW))
		self.assertEqual(many, few)

	def set_status(self, status, condition=None):
		employee = frappe.qb.DocType("Employee")
		query = frappe.qb.update(employee).set(employee.status, status).where(employee.name.isin(self.active))
		(query.where(condition) if condition else query).run()
		frappe.db.commit()

	def test_a_second_run_writes_nothing(self):
		self.assertEqual(refresh.refresh(COMPANY)["changed"], len(self.active))
		before = self.rows("*")
		self.assertEqual(refresh.refresh(COMPANY), self.counts(changed=0))
		self.assertEqual(self.rows("*"), before)

	def test_a_run_that_was_killed_and_runs_again_ends_as_one_run(self):
		refresh.refresh(COMPANY)
		once = self.rows(*SAYING)
		frappe.db.delete(ELIGIBILITY, {"company": COMPANY})
		told = []

		def listener(batch):
			told.append(len(batch))
			if len(told) == 2:
				raise Killed

		with patch.object(refresh, "CHUNK", CHUNK), self.assertRaises(Killed):
			refresh.refresh(COMPANY, listener=listener)
		frappe.db.rollback()
		self.assertEqual(told, [CHUNK, CHUNK])
		self.assertEqual(len(self.rows("name")), CHUNK)
		counts = refresh.refresh(COMPANY)
		self.assertEqual(counts, self.counts(changed=len(self.active) - CHUNK))
		self.assertEqual(self.rows(*SAYING), once)

	def test_people_are_asked_about_while_a_statement_that_writes_others_is_under_way(self):
		"""However long it takes: of everybody, and of people by name."""
		refresh.refresh(COMPANY)
		once = self.rows(*SAYING)
		for employees in ((), self.active):
			with self.subTest(named=bool(employees)):
				frappe.db.set_value(ELIGIBILITY, {"company": COMPANY}, "content_hash", "old")
				frappe.db.commit()
				with patch.object(records, "AT_ONCE", FEW), patch.object(refresh, "ROWS", FEW), held_up():
					refresh.refresh(COMPANY, employees)
				self.assertEqual(self.rows(*SAYING), once)

	def test_the_listener_is_told_of_everybody_and_of_what_is_new(self):
		refresh.refresh(COMPANY)
		frappe.db.set_value("Employee", self.active[0], "employee_name", "Another Name")
		told = []
		refresh.refresh(COMPANY, listener=told.extend)
		self.assertEqual({entry.person.employee for entry in told}, set(self.active))
		self.assertEqual([entry.person.employee for entry in told if entry.changed], self.active[:1])
		self.assertEqual({entry.facts.employee for entry in told}, set(self.active))

	def test_a_row_that_changes_keeps_its_creation(self):
		refresh.refresh(COMPANY)
		frappe.db.set_value(ELIGIBILITY, self.active[0], "creation", "2026-01-01", update_modified=False)
		frappe.db.set_value("Employee", self.active[0], "employee_name", "A Third Name")
		refresh.refresh(COMPANY, employees=self.active[:2])
		row = frappe.db.get_value(ELIGIBILITY, self.active[0], ["creation", "employee_name"], as_dict=True)
		self.assertEqual((str(row.creation)[:10], row.employee_name), ("2026-01-01", "A Third Name"))

	def test_findings_are_stored_as_they_are_whatever_stands_in_them(self):
		"""Quotes, what a statement or JSON escapes, and the very sign that stands for a quote on the way."""
		awkward = """a "quote" and 'another', a \\ and a \\" and a \\', %s %(user)s, \n \t \x01 \x00 é 漢 🏛"""
		tomorrow = frappe.utils.add_days(TODAY, 1)
		(entry,) = refresh.judge(COMPANY, policy_on(COMPANY, tomorrow), tomorrow, TODAY, self.active[:1])
		first = entry.decision.findings[0]._replace(record=awkward, note=standing_rows.QUOTE)
		decision = replace(entry.decision, findings=(first, *entry.decision.findings[1:]))
		with standing_rows.Writer(clock.now()) as writer:
			writer.write([standing_rows.Standing(entry.person, decision, None, "mark")])
			writer.wait()
		stored = frappe.db.get_value(ELIGIBILITY, entry.person.employee, "findings")
		self.assertEqual(stored, as_json.decision_to_json(decision))
		self.assertEqual(json.loads(stored), as_json.decisions_to_list([decision]))

	def test_each_row_of_a_statement_holds_what_is_said_of_its_own_person(self):
		"""What rows repeat is sent once: equal, empty and missing values must end in the right rows and columns."""
		tomorrow = frappe.utils.getdate(frappe.utils.add_days(TODAY, 1))
		entries = list(refresh.judge(COMPANY, policy_on(COMPANY, tomorrow), tomorrow, TODAY, self.active[:4]))
		verdicts = (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.FAIL)
		expected, standings = {}, []
		for number, (entry, verdict) in enumerate(zip(entries, verdicts, strict=True)):
			found = entry.decision.findings[0]._replace(verdict=verdict)
			decision = replace(entry.decision, findings=(found,), tier_limit=number % 3)
			person = replace(entry.person, department=None if number == 1 else entry.person.department)
			turns = None if number % 2 else tomorrow
			standings.append(standing_rows.Standing(person, decision, turns, f"mark {number}"))
			said = person.department, decision.outcome.value, number % 3, turns
			gates = ", ".join(decision.failed), ", ".join(decision.unknown)
			expected[person.employee] = (*said, *gates, f"mark {number}")
		with standing_rows.Writer(clock.now()) as writer:
			writer.write(standings)
			writer.wait()
		columns = ["name", *standing_rows.REPEATED, "content_hash"]
		stored = frappe.get_all(
			ELIGIBILITY, filters={"name": ("in", self.active[:4])}, fields=columns, as_list=True
		)
		self.assertEqual({name: tuple(said) for name, *said in stored}, expected)

	def test_only_those_named_are_evaluated_and_nobody_else_is_touched(self):
		refresh.refresh(COMPANY)
		before = self.rows("*")
		self.assertEqual(
			refresh.refresh(COMPANY, employees=self.active[:3]), {"evaluated": 3, "changed": 0, "removed": 0}
		)
		self.assertEqual(self.rows("*"), before)

	def test_whoever_moved_to_another_company_keeps_the_standing_that_it_gave_him(self):
		refresh.refresh(COMPANY)
		frappe.db.set_value(ELIGIBILITY, self.active[0], "company", "Another Company")
		self.addCleanup(frappe.db.delete, ELIGIBILITY, {"company": "Another Company"})
		self.assertEqual(standing_rows.remove(COMPANY, self.active[:2]), 2)
		self.assertEqual(frappe.db.get_value(ELIGIBILITY, self.active[0], "company"), "Another Company")
		self.assertFalse(frappe.db.exists(ELIGIBILITY, self.active[1]))

	def test_judging_says_the_same_and_writes_nothing(self):
		today = clock.today()
		self.assertEqual(today, TODAY)
		tomorrow = frappe.utils.add_days(today, 1)
		judged = list(refresh.judge(COMPANY, policy_on(COMPANY, tomorrow), tomorrow, today))
		self.assertEqual(self.rows("name"), ())
		refresh.refresh(COMPANY)
		outcomes = {entry.person.employee: entry.decision.outcome.value for entry in judged}
		self.assertEqual(dict(self.rows("name", "outcome")), outcomes)
		self.assertGreater(len(set(outcomes.values())), 1)

	def rows(self, *columns):
		shown = ", ".join(columns)
		return frappe.db.sql(
			f"select {shown} from `tab{ELIGIBILITY}` where company = %s order by name", COMPANY
		)

	def counts(self, changed):
		return {"evaluated": len(self.active), "changed": changed, "removed": 0}


@contextmanager
def held_up():
	"""For some seconds somebody else writes all standings."""
	with another_connection() as connection:
		connection.begin()
		connection.sql(f"select name from `tab{ELIGIBILITY}` where company = %s for update", COMPANY)
		timer = Timer(SECONDS, copy_context().run, (connection.rollback,))
		timer.start()
		yield
		timer.join()


# All columns but the times of writing.
SAYING = [name for name in standing_rows.COLUMNS if name not in ("creation", "modified", "evaluated_on")]


def statements(action):
	"""How many statements Frappe hands to the database meanwhile, commits included."""
	count, original = 0, frappe.db.sql

	def counting(*args, **kwargs):
		nonlocal count
		count += 1
		return original(*args, **kwargs)

	# Once before: what is read once and kept is not read for somebody.
	refresh.refresh(COMPANY, employees=("nobody",))
	with patch.object(frappe.db, "sql", counting):
		action()
	return count


def remove_agency():
	frappe.db.rollback()
	frappe.db.delete(ELIGIBILITY, {"company": COMPANY})
	for table in TABLES:
		if table.name != "Singles" and frappe.db.table_exists(table.name):
			frappe.db.delete(table.name, {"name": ("like", f"{PREFIX}%")})
	frappe.db.commit()
