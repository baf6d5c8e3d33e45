"""What the forms say of connected records, to each who opens them: what his own lists show, and nothing to anybody else (P3)."""

import json

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import (
	COLLECTIVE_DAY,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	DECISION_RECORD,
	LETTER,
	OBJECTION,
	REQUEST,
)
from mkd_hrms.services.platform.connections import COUNTED, GROUPS
from mkd_hrms.tests.http.test_http_objections import ObjectionCase
from mkd_hrms.tests.support.http_world import browser, head, officer, open_house, person, subordinate, week
from mkd_hrms.tests.support.people import UNLIMITED, store_row

setUpModule = open_house

COUNTS = "frappe.desk.notifications.get_open_count"


class ConnectionsCase(ObjectionCase):
	def asked(self, user, doctype, name, items=None):
		items = items or [other for group in GROUPS[doctype].values() for other in group]
		return browser(user).get(f"/api/method/{COUNTS}", doctype=doctype, name=name, items=json.dumps(items))

	def counts(self, user, doctype, name, items=None):
		"""How many of each, where there are any."""
		found = self.ok(self.asked(user, doctype, name, items))["count"]
		entries = [*found["external_links_found"], *found["internal_links_found"]]
		return {entry["doctype"]: entry["count"] for entry in entries if entry["count"]}

	def names(self, user, doctype, name, other):
		found = self.ok(self.asked(user, doctype, name, [other]))["count"]["internal_links_found"]
		return [entry["names"] for entry in found]


class TestARequest(ConnectionsCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case = cls()
		cls.employee, cls.colleague = subordinate(), subordinate(**UNLIMITED)
		cls.request = case.approved(cls.employee, week()[:2])
		cls.days = frappe.get_all(DAY, {"source_name": cls.request}, pluck="name", order_by="mkd_date")
		cls.report = store_row(
			DAILY_REPORT,
			cls.employee.name,
			mkd_day=cls.days[0],
			mkd_date=week()[0],
			employee_name=cls.employee.employee_name,
		).name
		store_row("Attendance", cls.employee.name, mkd_day=cls.days[0], attendance_date=getdate())
		letter = {"reference_doctype": REQUEST, "reference_name": cls.request, "issued_by": head().user_id}
		cls.letter = store_row(LETTER, cls.employee.name, kind="Permit", status="Valid", **letter).name
		frappe.db.commit()

	def test_the_employee_counts_what_is_his(self):
		counts = self.counts(self.employee.user_id, REQUEST, self.request)
		self.assertEqual(counts, {DAY: 2, DAILY_REPORT: 1, "Attendance": 1, LETTER: 1})

	def test_the_superior_counts_what_his_lists_show(self):
		counts = self.counts(head().user_id, REQUEST, self.request)
		self.assertEqual(
			{each: counts.get(each) for each in (DAY, DAILY_REPORT, LETTER)},
			dict.fromkeys((DAILY_REPORT, LETTER), 1) | {DAY: 2},
		)
		self.assertNotIn(DECISION_RECORD, counts)

	def test_hr_counts_the_records_of_decisions_too(self):
		self.assertGreater(self.counts(officer(), REQUEST, self.request)[DECISION_RECORD], 0)

	def test_to_a_colleague_it_is_closed(self):
		self.refused(self.asked(self.colleague.user_id, REQUEST, self.request))
		for doctype, name in ((DAY, self.days[0]), (DAILY_REPORT, self.report), (LETTER, self.letter)):
			self.refused(self.asked(self.colleague.user_id, doctype, name))

	def test_what_is_connected_over_a_third_is_named(self):
		found = self.names(self.employee.user_id, REQUEST, self.request, DAILY_REPORT)
		self.assertEqual(found, [[self.report]])

	def test_from_a_day_and_from_a_report_one_comes_back(self):
		user = self.employee.user_id
		self.assertEqual(self.counts(user, DAY, self.days[0]), {REQUEST: 1, DAILY_REPORT: 1, "Attendance": 1})
		self.assertEqual(self.counts(user, DAY, self.days[1]), {REQUEST: 1})
		self.assertEqual(self.names(user, DAY, self.days[0], REQUEST), [[self.request]])
		counts = self.counts(user, DAILY_REPORT, self.report)
		self.assertEqual(counts, {DAY: 1, REQUEST: 1, "Attendance": 1})
		self.assertEqual(self.counts(user, LETTER, self.letter), {REQUEST: 1})

	def test_swaps_of_either_side_are_counted(self):
		swap = {"own_request": self.request, "own_day": self.days[1], "status": "Approved"}
		swap |= {"colleague": self.colleague.name, "colleague_user": self.colleague.user_id}
		swap |= {"employee_user": self.employee.user_id, "department": self.employee.department}
		name = store_row(DAY_SWAP, self.employee.name, mkd_date=week()[1], **swap).name
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, DAY_SWAP, {"name": name})
		for doctype, of in ((REQUEST, self.request), (DAY, self.days[1])):
			self.assertEqual(self.names(self.employee.user_id, doctype, of, DAY_SWAP), [[name]])

	def test_no_more_are_counted_than_the_platform_shows(self):
		columns = ("name", "employee", "source_doctype", "source_name", "status", "mkd_date")
		row = (self.employee.name, REQUEST, self.request, "Worked", "2031-03-05")
		names = [frappe.generate_hash(length=10) for _number in range(COUNTED + 5)]
		frappe.db.bulk_insert(DAY, columns, [(name, *row) for name in names])
		frappe.db.commit()
		try:
			counts = self.counts(officer(), REQUEST, self.request, [DAY])
		finally:
			frappe.db.delete(DAY, {"name": ("in", names)})
			frappe.db.commit()
		self.assertEqual(counts, {DAY: COUNTED})

	def test_the_form_carries_its_groups_and_offers_no_new_record(self):
		for doctype, groups in GROUPS.items():
			args = {"doctype": doctype, "with_parent": 1}
			answer = browser(officer()).get("/api/method/frappe.desk.form.load.getdoctype", **args)
			(meta,) = [doc for doc in answer.json()["docs"] if doc["name"] == doctype]
			told = meta["__dashboard"]
			self.assertEqual([group["label"] for group in told["transactions"]], list(groups))
			items = {other for group in told["transactions"] for other in group["items"]}
			self.assertEqual(items, set(told["internal_links"]))

	def test_a_list_finds_what_is_counted_by_the_fields_that_the_form_is_told(self):
		for doctype in GROUPS:
			told = frappe.get_meta(doctype).get_dashboard_data()
			for other, field in told.non_standard_fieldnames.items():
				self.assertTrue(frappe.get_meta(other).has_field(field), (other, field))


class TestAnObjection(ConnectionsCase):
	def test_it_leads_to_what_it_is_against_and_back(self):
		employee, request = self.denied()
		name = self.filed(employee, request)
		self.assertEqual(self.counts(employee.user_id, OBJECTION, name), {REQUEST: 1})
		self.assertEqual(self.names(employee.user_id, OBJECTION, name, REQUEST), [[request]])
		self.assertEqual(self.counts(employee.user_id, REQUEST, request)[OBJECTION], 1)
		self.assertEqual(frappe.db.get_value(OBJECTION, name, "department"), employee.department)


class TestButtonsOfADay(ConnectionsCase):
	"""Who stands above the superior sees the day; he does not decide about it, and is offered nothing."""

	def test_only_who_decides_is_offered_a_decision(self):
		chief = person()
		boss = person(reports_to=chief)
		employee = person(reports_to=boss)
		frappe.get_doc("User", boss.user_id).add_roles("MKD Approver")
		frappe.get_doc("User", chief.user_id).add_roles("MKD Approver")
		day = store_row(
			DAY,
			employee.name,
			mkd_date=getdate(),
			status="Approved",
			# One of a request would be one that no request stands for.
			source_doctype=COLLECTIVE_DAY,
			absence_proposed=1,
			company=employee.company,
		).name
		frappe.db.commit()
		offered = {}
		for user in (employee.user_id, boss.user_id, chief.user_id, officer()):
			form = browser(user).get("/api/method/frappe.desk.form.load.getdoc", doctype=DAY, name=day)
			told = form.json()["docs"][0]["__onload"]
			offered[user] = (told["is_own"], told["decides"], told["acts_for_hr"])
			answer = browser(user).call("mkd_hrms.api.confirm_no_show", mkd_day=day, confirmed=0, reason="")
			# Whoever may decide is asked for a reason; everybody else is refused before.
			self.assertEqual("Say why" in answer.text, told["decides"], user)
		self.assertEqual(
			list(offered.values()),
			[(True, False, False), (False, True, False), (False, False, False), (False, True, True)],
		)
