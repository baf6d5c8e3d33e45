"""What is asked of our growing tables is found by an index: lists, counts and shortcuts of everybody, and what jobs read."""

import json
from datetime import date, datetime

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import (
	APPROVER,
	DAILY_REPORT,
	DAY,
	DECISION_RECORD,
	DELEGATION,
	EARLY_WARNING,
	HR_MANAGER,
	PLACE_HINT,
	REQUEST,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.conduct_events import read_stirred
from mkd_hrms.facts.ledger.ended_days import read_due_days
from mkd_hrms.facts.ledger.waiting_reports import read_overdue_reports
from mkd_hrms.facts.ledger.waiting_requests import read_late_requests
from mkd_hrms.services.daily_reports import escalation
from mkd_hrms.services.day import end_of_day
from mkd_hrms.services.decisions.records import kept, open_gates
from mkd_hrms.services.requests import hr_review
from mkd_hrms.tests.support import many_rows
from mkd_hrms.tests.support.many_rows import scans
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user
from mkd_hrms.tests.support.world import COMPANY

DATES = [date.fromordinal(date(2025, 12, 1).toordinal() + number) for number in range(365)]
PERIOD = ["2026-11-02", "2026-11-06"]


def on(number):
	return DATES[number % len(DATES)]


def moment(number):
	return datetime.combine(on(number), datetime.min.time())


def called(number):
	return f"row {number}"


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
		for doctype in (REQUEST, DAILY_REPORT, DAY, DECISION_RECORD, PLACE_HINT, EARLY_WARNING):
			many_rows.show_again(doctype)

	@classmethod
	def remove_people(cls):
		cls.show_again()
		frappe.db.delete(DELEGATION, {"delegate": cls.delegate})
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
		days = {"mkd_date": on, "source_name": called, "absence_proposed": one_in_fifty}
		many_rows.hide(DAY, ("Approved", "Worked"), own, **days, company=asked["company"])
		record = {"reference_doctype": lambda number: REQUEST, "reference_name": called}
		record |= {"evaluated_at": moment, "findings": lambda number: "[]"}
		many_rows.hide(DECISION_RECORD, ("", ""), own, **record)
		many_rows.hide(PLACE_HINT, ("Open", "Explained"), own, mkd_date=on)
		many_rows.hide(EARLY_WARNING, ("Open", "Ended"), own)

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
		for card in frappe.get_all("Number Card", {"module": "MKD HRMS"}, ["document_type", "filters_json"]):
			asked.append((card.document_type, [entry[:4] for entry in json.loads(card.filters_json)]))
		self.assertGreaterEqual(len(asked), 5)
		for doctype, filters in asked:
			with self.subTest(doctype, filters=filters):
				self.assert_found(self.listed_by(self.hr, doctype, filters), doctype)

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
		from mkd_hrms.permissions import seen

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
