"""The audit of the invariants: each question finds the violation that was planted for it, and nothing before."""

import json
from datetime import date
from unittest.mock import patch

import frappe

from mkd_hrms.audit import asking
from mkd_hrms.audit.asking import ask, invariants, questions, violations
from mkd_hrms.mkd_hrms.doctype.mkd_day.mkd_day import UNIQUE_KEYS, on_doctype_update
from mkd_hrms.policy import as_json
from mkd_hrms.setup import indexes
from mkd_hrms.tests.support.audit_plants import FIRST, PLANTS, measure, replaced
from mkd_hrms.tests.support.command_line import bench_command
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, THURSDAY, DayCase, at

# Still to come when the Thursday has ended.
MONDAY = date(2026, 11, 30)
QUESTIONS = {question.name: question for question in questions()}
# These change tables, which commits: each has a test of its own.
OF_TABLES = {"unique key missing", "date twice", "slot twice", "index not whole"}


class TestAudit(DayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		worker = cls("run")
		cls.employee = worker.approved((THURSDAY, FRIDAY, MONDAY))
		cls.newcomer = worker.approved((MONDAY,))
		worker.check_in(cls.employee)
		worker.auto_attendance()
		worker.report(cls.employee)
		worker.end()
		frappe.db.commit()

	def setUp(self):
		super().setUp()
		clock = at(*AFTER_GRACE)
		clock.start()
		self.addCleanup(clock.stop)
		self.addCleanup(frappe.db.rollback)
		self.values = {
			"employee": self.employee.name,
			"user": self.employee.user_id,
			"request": self.employee.request,
			"worked": self.day(self.employee, THURSDAY).name,
			"approved": self.day(self.employee, MONDAY).name,
			"attendance": self.row(self.employee, THURSDAY).name,
		}

	def found(self, name):
		return ask(QUESTIONS[name], [self.employee.name])

	def test_a_month_that_went_well_violates_nothing(self):
		self.assertEqual(violations([self.employee.name]), {})

	def test_every_invariant_is_asked_about(self):
		self.assertEqual({question.invariant for question in QUESTIONS.values()}, set(invariants()))

	def test_every_question_has_a_violation_to_find(self):
		self.assertEqual(set(PLANTS) | OF_TABLES, set(QUESTIONS))

	def test_each_planted_violation_is_found(self):
		for name, statements in PLANTS.items():
			with self.subTest(name):
				self.assertEqual(self.found(name), [])
				for statement in statements:
					frappe.db.sql(statement, self.values)
				self.assertTrue(self.found(name))
				frappe.db.rollback()
			frappe.db.rollback()

	def test_a_violation_is_found_in_whichever_part_of_the_records_it_stands(self):
		walked = [question for question in QUESTIONS.values() if question.walk]
		self.assertEqual({question.walk for question in walked}, {"record", "request"})
		with patch.object(asking, "AT_ONCE", 1):
			for name in PLANTS.keys() & {question.name for question in walked}:
				self.assertEqual(self.found(name), [])
				frappe.db.sql(PLANTS[name][0], self.values)
				self.assertTrue(self.found(name))
				frappe.db.rollback()

	def test_what_was_found_on_another_date_is_held_against_no_day(self):
		frappe.db.sql(replaced(f"{FIRST}.verdict", "'Fail'"), self.values)
		self.assertEqual(self.held_against(), [THURSDAY, FRIDAY, MONDAY])
		frappe.db.sql(replaced(f"{FIRST}.dates", f"json_array('{FRIDAY}', '{MONDAY}')"), self.values)
		self.assertEqual(self.held_against(), [FRIDAY, MONDAY])

	def test_a_record_is_read_in_which_every_date_repeats_its_findings(self):
		name = {"reference_name": self.employee.request}
		record = frappe.get_last_doc("MKD Decision Record", name)
		(entry,) = as_json.decisions_from_json(record.findings)[-1:]
		self.assertEqual(entry["dates"], [str(MONDAY)])
		entry["findings"][0]["verdict"], entry["outcome"] = "Fail", "Not Eligible"
		for stored in (json.dumps([entry], indent=1), as_json.to_json([entry])):
			frappe.db.set_value(record.doctype, record.name, "findings", stored, update_modified=False)
			self.assertEqual(self.held_against(), [MONDAY])
			(row,) = self.found("request contradicts its record")
			self.assertEqual((row.outcome, row.found), ("Eligible", "Not Eligible"))

	def held_against(self):
		return sorted(row.mkd_date for row in self.found("approved against a gate"))

	def test_whoever_gave_himself_a_measure_is_found(self):
		for doctype in ("MKD Warning", "MKD Suspension"):
			frappe.db.sql(measure(doctype, owner="%(user)s"), self.values)
		self.assertEqual(len(self.found("own record")), 2)

	def test_a_measure_of_the_ladder_stands_as_long_as_its_day_is_an_event(self):
		events = (
			f"""'{{"times": 1, "events": [["2026-11-26", "Missing Report", "{self.values["worked"]}"]]}}'"""
		)
		frappe.db.sql(measure(step="1", policy="'any'", source_events=events), self.values)
		missing = "update `tabMKD Day` set report_missing = %s, modified = '2026-11-26' where name = %s"
		for is_missing, found in ((1, 0), (0, 1)):
			frappe.db.sql(missing, (is_missing, self.values["worked"]))
			self.assertEqual(len(self.found("measure rests on nothing")), found)
		# Taken back today, it may still wait for the next quarter of an hour.
		with at(FRIDAY, 11):
			frappe.db.set_value("MKD Day", self.values["worked"], "report_missing", 0)
			self.assertEqual(self.found("measure rests on nothing"), [])

	def test_the_command_names_what_it_finds_and_ends_with_1(self):
		# The command has the clock of the machine, so it is asked about somebody who has not worked away yet.
		name, employee = self.day(self.newcomer, MONDAY).name, ("--employee", self.newcomer.name)
		code, output = self.run_command(*employee)
		self.assertEqual(code, 0, output)
		self.assertIn(f"{len(QUESTIONS)} questions, 0 violations", output)
		self.commit("iso_week", name, "2026-W40")
		self.addCleanup(self.commit, "iso_week", name, "2026-W49")
		code, output = self.run_command(*employee, "--json")
		self.assertEqual(code, 1, output)
		(found,) = json.loads(output)["violations"]
		self.assertEqual((found["invariant"], found["name"]), (1, "wrong week"))
		self.assertEqual(found["rows"][0]["name"], name)

	def commit(self, column, name, value):
		frappe.db.sql(f"update `tabMKD Day` set {column} = %s where name = %s", (value, name))
		frappe.db.commit()

	def run_command(self, *arguments):
		done = bench_command("mkd-audit", *arguments)
		return done.returncode, done.stdout + done.stderr * bool(done.returncode > 1)

	def test_what_only_the_unique_keys_prevent_is_found_without_them(self):
		for name in UNIQUE_KEYS:
			frappe.db.sql_ddl(f"alter table `tabMKD Day` drop index {name}")
		self.addCleanup(on_doctype_update)
		frappe.db.sql(
			"update `tabMKD Day` set mkd_date = %s, slot = 1 where employee = %s",
			(FRIDAY, self.employee.name),
		)
		for name, found in (("unique key missing", 2), ("date twice", 1), ("slot twice", 1)):
			self.assertEqual(len(self.found(name)), found, name)
		frappe.db.rollback()

	def test_a_missing_index_is_found(self):
		indexes.drop("Employee", "mkd_user")
		self.addCleanup(indexes.sync)
		(row,) = self.found("index not whole")
		self.assertEqual(row.name, "mkd_user")
