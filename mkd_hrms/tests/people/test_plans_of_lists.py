"""What is asked of our growing tables is found by an index: lists, counts and shortcuts of everybody, and what jobs read."""

import json
from datetime import date, datetime

import frappe
from frappe.desk.form.load import getdoc
from frappe.tests.utils import FrappeTestCase

from mkd_hrms import api
from mkd_hrms.constants import (
	APPROVER,
	DAILY_REPORT,
	DAY,
	DAY_REASON,
	DECISION_RECORD,
	DELEGATION,
	EARLY_WARNING,
	GATE_DECISION,
	HR_MANAGER,
	IMPORT_LINE,
	OBJECTION,
	PERFORMANCE_RECORD,
	PLACE_HINT,
	REQUEST,
	TALENT_RECORD,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.conduct_events import read_stirred
from mkd_hrms.facts.ledger.ended_days import read_due_days
from mkd_hrms.facts.ledger.waiting_reports import read_overdue_reports
from mkd_hrms.facts.ledger.waiting_requests import read_late_requests
from mkd_hrms.overrides.functions import counts, open_counts, search, workflow
from mkd_hrms.permissions import seen
from mkd_hrms.services.daily_reports import escalation
from mkd_hrms.services.day import end_of_day
from mkd_hrms.services.decisions.records import kept, open_gates
from mkd_hrms.services.ledger import drawn_days
from mkd_hrms.services.people import waiting
from mkd_hrms.services.requests import hr_review
from mkd_hrms.tests.support import many_rows
from mkd_hrms.tests.support.many_rows import scans
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user
from mkd_hrms.tests.support.statements import rows_read, statements_of
from mkd_hrms.tests.support.world import COMPANY

# What HR alone keeps.
KEPT = (DECISION_RECORD, GATE_DECISION, PERFORMANCE_RECORD, TALENT_RECORD, DAY_REASON)
GROWING = (REQUEST, DAY, DAILY_REPORT, *KEPT)
DATES = [date.fromordinal(date(2025, 12, 1).toordinal() + number) for number in range(365)]
PERIOD = ["2026-11-02", "2026-11-06"]
# Relatively prime to the number of dates: each unit has days on all of them.
UNITS = 19
# Of a month, as a calendar names it.
NOVEMBER = ("2026-10-26", "2026-12-07")


def on(number):
	return DATES[number % len(DATES)]


def moment(number):
	return datetime.combine(on(number), datetime.min.time())


def called(number):
	return f"row {number}"


def in_unit(number):
	return f"Unit {number % UNITS}"


def to_decide(number):
	return "Open" if number % 50 == 0 else None


def one_in_fifty(number):
	return int(number % 50 == 0)


class TestPlans(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		# Behind the rollback, because it commits.
		cls.addClassCleanup(cls.show_again)
		super().setUpClass()
		cls.boss = make_employee(with_user=True)
		frappe.get_doc("User", cls.boss.user_id).add_roles(APPROVER)
		cls.worker = make_employee(with_user=True, reports_to=cls.boss.name)
		cls.hr, cls.former, cls.delegate = make_user(HR_MANAGER), make_user(APPROVER), make_user(APPROVER)
		cls.limited = make_user(HR_MANAGER)
		permission = {"user": cls.limited, "allow": "Employee", "for_value": cls.boss.name}
		frappe.get_doc({"doctype": "User Permission", **permission}).insert(ignore_permissions=True)
		frappe.get_doc(
			{
				"doctype": DELEGATION,
				"approver": cls.boss.user_id,
				"delegate": cls.delegate,
				"from_date": frappe.utils.today(),
				"to_date": frappe.utils.today(),
				"reason": "Cuti",
			}
		).db_insert()
		cls.addClassCleanup(cls.remove_people)
		cls.fill()

	@classmethod
	def show_again(cls):
		for doctype in (REQUEST, DAILY_REPORT, DAY, PLACE_HINT, EARLY_WARNING, IMPORT_LINE, *KEPT):
			many_rows.show_again(doctype)

	@classmethod
	def remove_people(cls):
		cls.show_again()
		# The platform gives every statement a second from the first count of connections on.
		frappe.db.set_execution_timeout(0)
		frappe.db.delete(DELEGATION, {"delegate": cls.delegate})
		frappe.db.delete("User Permission", {"user": cls.limited})
		for employee in (cls.worker, cls.boss):
			frappe.delete_doc("Employee", employee.name, force=True)
		frappe.db.commit()

	@classmethod
	def fill(cls):
		"""The boss is named in the rows of the worker; of somebody else's people the former one was asked."""
		own = (cls.worker.name, cls.boss.name)
		named = {0: cls.boss.user_id, 2: cls.former}
		asked = {
			"approver": lambda number: named.get(number % many_rows.EMPLOYEES, "nobody@mkd.test"),
			"company": lambda number: COMPANY,
		}
		requests = ("Pending Approval", "Completed")
		many_rows.hide(REQUEST, requests, own, from_date=on, to_date=on, **asked)
		many_rows.hide(DAILY_REPORT, ("Submitted", "Verified"), own, mkd_date=on, verify_by=moment, **asked)
		days = {
			"mkd_date": on,
			"source_name": called,
			"absence_proposed": one_in_fifty,
			"department": in_unit,
		}
		many_rows.hide(DAY, ("Approved", "Worked"), own, **days, company=asked["company"])
		record = {"reference_doctype": lambda number: REQUEST, "reference_name": called}
		record |= {"evaluated_at": moment, "findings": lambda number: "[]"}
		many_rows.hide(DECISION_RECORD, ("", ""), own, **record)
		reference = {name: record[name] for name in ("reference_doctype", "reference_name")}
		many_rows.hide(GATE_DECISION, ("", ""), own, **reference)
		for doctype in (PERFORMANCE_RECORD, TALENT_RECORD, DAY_REASON):
			many_rows.hide(doctype, ("", ""), own)
		many_rows.hide(PLACE_HINT, ("Open", "Explained"), own, mkd_date=on)
		many_rows.hide(EARLY_WARNING, ("Open", "Ended"), own)
		# Half of what once waited was undone since, and waits no more.
		undone = {"undone": lambda number: int(number % 100 == 0)}
		many_rows.hide(IMPORT_LINE, ("", ""), own, decision=to_decide, **undone)

	def assert_found(self, work, *doctypes):
		read = scans(work, [f"tab{doctype}" for doctype in doctypes])
		self.assertEqual(read, [], "\n".join(f"{query}\n{plan}" for query, plan in read))

	def listed_by(self, user, doctype, filters):
		"""As the desk does: a page in the order of the DocType, and how many there are."""

		def work():
			with acting_as(user):
				frappe.get_list(doctype, filters=filters, fields=["name"], limit=20)
				frappe.get_list(doctype, filters=filters, fields=["count(*) as counted"])

		return work

	def test_it_knows_what_an_index_does_not_find(self):
		for filters in ({"reason": "x"}, {"status": ("in", ("Pending Approval", ""))}):
			self.assertTrue(scans(lambda: frappe.get_all(REQUEST, filters), [f"tab{REQUEST}"]), filters)  # noqa: B023

	def test_shortcuts_and_cards_of_hr(self):
		shortcuts = frappe.get_doc("Workspace", "MKD").shortcuts
		asked = [(row.link_to, frappe.parse_json(row.stats_filter)) for row in shortcuts if row.stats_filter]
		counted = {"module": "MKD HRMS", "type": "Document Type"}
		for card in frappe.get_all("Number Card", counted, ["document_type", "filters_json"]):
			asked.append((card.document_type, [entry[:4] for entry in json.loads(card.filters_json)]))
		self.assertGreaterEqual(len(asked), 5)
		for doctype, filters in asked:
			with self.subTest(doctype, filters=filters):
				self.assert_found(self.listed_by(self.hr, doctype, filters), doctype)

	def test_what_waits_for_hr_is_counted_in_the_index_of_it(self):
		waits = {"decision": "Open", "undone": 0}
		for user in (self.hr, self.limited):
			self.assert_found(self.listed_by(user, IMPORT_LINE, waits), IMPORT_LINE)
		with acting_as(self.hr):
			count = {"filters": waits, "fields": ["count(*) as counted"]}
			read = rows_read(lambda: frappe.get_list(IMPORT_LINE, **count))
			((counted,),) = frappe.get_list(IMPORT_LINE, **count, as_list=True)
		self.assertEqual(counted, many_rows.ROWS // 100)
		self.assertLess(read, 2 * counted)

	def test_cards_of_what_waits_for_somebody(self):
		for user in (self.worker.user_id, self.boss.user_id, self.hr, self.limited):
			for ask, doctype in (
				(waiting.requests, REQUEST),
				(waiting.reports, DAILY_REPORT),
				(waiting.reviews, REQUEST),
			):
				with self.subTest(user, ask=ask.__name__):
					self.assert_found(self.waiting_for(user, ask), doctype)

	def waiting_for(self, user, ask):
		def work():
			with acting_as(user):
				ask(user, *([lambda *_asked: None] if ask is not waiting.reviews else []))

		return work

	def test_what_hr_looks_for(self):
		for doctype, filters in (
			(DECISION_RECORD, {"employee": self.worker.name}),
			(DECISION_RECORD, {"reference_name": "row 7"}),
			(DAILY_REPORT, {"status": "Submitted"}),
			(DAY, {"mkd_date": ("between", PERIOD)}),
			(DAILY_REPORT, {"mkd_date": ("between", PERIOD)}),
		):
			with self.subTest(doctype, filters=filters):
				self.assert_found(self.listed_by(self.hr, doctype, filters), doctype)

	def test_what_is_listed_in_the_order_in_which_it_was_made(self):
		for doctype in (REQUEST, DAY, DAILY_REPORT):

			def work():
				with acting_as(self.hr):
					frappe.get_list(doctype, order_by="creation desc", limit=20)  # noqa: B023

			with self.subTest(doctype):
				self.assert_found(work, doctype)

	def test_what_an_employee_a_superior_and_who_decided_once_see(self):
		for user in (self.worker.user_id, self.boss.user_id, self.former, self.delegate):
			for doctype, filters in (
				(REQUEST, {}),
				(REQUEST, {"status": "Pending Approval"}),
				(DAILY_REPORT, {}),
				(DAILY_REPORT, {"status": "Submitted"}),
				(DAILY_REPORT, {"is_late": 1}),
				(DAY, {}),
				(DAY, {"absence_proposed": 1}),
				(PLACE_HINT, {}),
				(EARLY_WARNING, {}),
			):
				if not frappe.has_permission(doctype, user=user):
					continue
				with self.subTest(user, doctype=doctype, filters=filters):
					self.assert_found(self.listed_by(user, doctype, filters), doctype)

	def test_what_hr_sees_that_is_limited_to_some_people(self):
		for doctype in (*KEPT, REQUEST, DAILY_REPORT, DAY):
			with self.subTest(doctype):
				self.assert_found(self.listed_by(self.limited, doctype, {}), doctype)
				with acting_as(self.limited):
					count = len(frappe.get_list(doctype, limit=0))
				self.assertEqual(count, 2 * many_rows.ROWS // many_rows.EMPLOYEES)

	def test_what_names_nobody_is_left_to_hr_that_is_limited(self):
		for employee in ("", None):
			frappe.db.set_value(DAY_REASON, "row 7", "employee", employee, update_modified=False)
			with acting_as(self.limited):
				self.assertTrue(frappe.get_list(DAY_REASON, {"name": "row 7"}), employee)
				before = seen.LISTED
				seen.LISTED = 1
				try:
					self.assertTrue(frappe.get_list(DAY_REASON, {"name": "row 7"}), employee)
				finally:
					seen.LISTED = before

	def test_what_a_calendar_draws(self):
		of_a_unit = [[DAY, "department", "=", "Unit 3"]]
		for user in (self.worker.user_id, self.boss.user_id, self.hr, self.limited):
			for filters in ([], of_a_unit):
				with self.subTest(user, filters=filters):
					self.assert_found(self.drawn_for(user, filters), DAY)
		drawn = self.drawn_for(self.hr, of_a_unit)
		drawn()
		self.assertLess(rows_read(drawn), 2 * len(self.events))

	def drawn_for(self, user, filters):
		def work():
			with acting_as(user):
				self.events = drawn_days.events(*NOVEMBER, filters)

		return work

	def test_what_is_searched_behind_a_link(self):
		for user in (self.worker.user_id, self.boss.user_id, self.hr, self.limited):
			for doctype in (REQUEST, DAY, DAILY_REPORT, *KEPT):
				if not frappe.has_permission(doctype, user=user):
					continue
				for txt in ("", "row 7", "17", self.worker.employee_name):
					with self.subTest(user, doctype=doctype, txt=txt):
						self.assert_found(self.searched_by(user, doctype, txt), doctype)

	def searched_by(self, user, doctype, txt):
		def work():
			with acting_as(user):
				self.found = search.search_link(doctype, txt, reference_doctype=OBJECTION)

		return work

	def test_what_a_form_of_a_request_asks_for(self):
		"""In whatever state it is: its form, its actions, and whether one may object to it."""
		for status in frappe.get_meta(REQUEST).get_field("status").options.split("\n"):
			outcome = {"Denied": "Not Eligible", "Pending HR Review": "Needs Review"}.get(status, "Eligible")
			until = {"decided_on": "2026-11-20 08:00:00", "objection_until": "2026-12-10"}
			values = {"status": status, "workflow_state": status, "outcome": outcome, **until}
			frappe.db.set_value(REQUEST, "row 0", values, update_modified=False)
			for user in (self.worker.user_id, self.boss.user_id, self.hr):
				with self.subTest(status, user=user):
					self.assert_found(self.opened_by(user, REQUEST, "row 0"), *GROWING)

	def test_what_other_forms_ask_for(self):
		for doctype, name, users in (
			(DAY, "row 0", (self.worker.user_id, self.boss.user_id, self.hr)),
			(DAILY_REPORT, "row 0", (self.worker.user_id, self.boss.user_id, self.hr)),
			("Employee", self.worker.name, (self.worker.user_id, self.hr)),
		):
			for user in users:
				with self.subTest(doctype, user=user):
					self.assert_found(self.opened_by(user, doctype, name), *GROWING)

	def opened_by(self, user, doctype, name):
		def work():
			with acting_as(user):
				getdoc(doctype, name)
				frappe.response.docs.clear()
				if doctype == "Employee":
					api.employee_overview(name)
					api.before_applying(name)
					open_counts.get_open_count(doctype, name, [REQUEST, DAY, DAILY_REPORT])
					return
				if doctype == REQUEST:
					workflow.get_transitions({"doctype": doctype, "name": name})
				api.objection_state(doctype, name)

		return work

	def test_open_actions_are_found_among_all_that_were_ever_done(self):
		"""The platform counts them for whoever opens the desk."""
		with acting_as(self.boss.user_id):
			count = {"filters": {"status": "Open"}, "fields": ["count(*) as counted"]}
			asked = statements_of(lambda: frappe.get_list("Workflow Action", **count))
		(counted,) = [statement for statement in asked if "count(*)" in statement[0]]
		indexes = [plan["possible_keys"] or "" for plan in many_rows.plans(counted[0], counted[1])]
		self.assertTrue([names for names in indexes if "mkd_status" in names], indexes)

	def test_whom_documents_are_assigned_to(self):
		"""All of a list would be asked for by name."""
		with acting_as(self.hr):
			asked = statements_of(lambda: counts.get_group_by_count(REQUEST, "[]", "assigned_to"))
		self.assertLess(max(len(query) for query, _values in asked), 5000)

	def test_they_see_what_is_theirs(self):
		"""The worker, of whom the boss is asked, and another, of whom the former one was."""
		count = many_rows.ROWS // many_rows.EMPLOYEES
		for user, expected in (
			(self.worker.user_id, count),
			(self.boss.user_id, 2 * count),
			(self.former, count),
			(self.delegate, count),
		):
			with acting_as(user):
				self.assertEqual(len(frappe.get_list(REQUEST, limit=0)), expected, user)

	def test_of_too_many_people_not_every_one_is_named(self):
		before = seen.LISTED
		self.addCleanup(setattr, seen, "LISTED", before)
		with acting_as(self.boss.user_id):
			named = frappe.get_list(REQUEST, limit=0, pluck="name", order_by="name")
			seen.LISTED = 1
			self.assertEqual(frappe.get_list(REQUEST, limit=0, pluck="name", order_by="name"), named)
			self.assertIn("`lft` >", seen.condition(self.boss.user_id, REQUEST, above=True))

	def test_what_jobs_read(self):
		database, today = SiteDatabase(), frappe.utils.getdate("2026-11-29")
		now = datetime(2026, 11, 29, 8)
		for name, work, doctype in (
			("late requests", lambda: read_late_requests(database, today), REQUEST),
			("late reports", lambda: read_overdue_reports(database, escalation.WAITING, now), DAILY_REPORT),
			("companies", end_of_day.companies, DAY),
			("days that end", lambda: read_due_days(database, today, COMPANY), DAY),
			("what is new for the ladder", lambda: read_stirred(database, now), DAY),
			("gates", lambda: open_gates(REQUEST, ["row 1", "row 2"]), DECISION_RECORD),
			("what was found", lambda: kept(REQUEST, "row 1"), DECISION_RECORD),
			("unknown gates", lambda: hr_review.unknown_in(["row 1", "row 2"]), REQUEST),
		):
			with self.subTest(name):
				self.assert_found(work, doctype)
