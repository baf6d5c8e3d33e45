"""Who decides sees and decides in his browser, whatever ERPNext permits him to see; HR is limited by it (rules W3, D5, D6)."""

import json
import unittest
from datetime import timedelta

import frappe
from frappe.utils import add_days, getdate, today

from mkd_hrms.constants import DAILY_REPORT, DAY, DELEGATION, REQUEST
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import (
	act,
	browser,
	days_of,
	open_house,
	person,
	stored,
	user_with,
	week,
)
from mkd_hrms.tests.support.world import COMPANY, other_company

GETDOC = "/api/method/frappe.desk.form.load.getdoc"
CONFIRM = "mkd_hrms.api.confirm_no_show"
LIMITED = "User Permission"


def setUpModule():
	open_house()
	unittest.addModuleCleanup(forget_units)


def forget_units():
	frappe.db.rollback()
	frappe.db.delete(DELEGATION)
	for name in frappe.get_all("Department", {"department_name": ("like", "Biro Tanpa%")}, pluck="name"):
		frappe.db.delete("Department Approver", {"parent": name})
		frappe.db.delete("Department", {"name": name})
	frappe.db.commit()


def unit_headed_by(user):
	root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))})
	name = f"Biro Tanpa Eselon {frappe.generate_hash(length=6)}"
	unit = {"doctype": "Department", "department_name": name, "company": COMPANY, "parent_department": root}
	doc = frappe.get_doc({**unit, "leave_approvers": [{"approver": user}]}).insert(ignore_permissions=True)
	frappe.db.commit()
	return doc.name


def limit(user, allow, value):
	frappe.get_doc({"doctype": LIMITED, "user": user, "allow": allow, "for_value": value}).insert()
	frappe.db.commit()


class DecidersCase(ReportingCase):
	def permitted(self, user):
		return sorted(frappe.get_all(LIMITED, {"user": user}, pluck="allow"))

	def sees(self, user, doctype, name):
		"""The list and the form must agree."""
		filters = json.dumps({"name": name})
		listed = self.ok(browser(user).get(f"/api/resource/{doctype}", filters=filters))
		opened = browser(user).get(GETDOC, doctype=doctype, name=name).ok
		self.assertEqual(bool(listed), opened, (doctype, user))
		return opened

	def waiting(self, employee):
		"""A request of two days that waits for somebody."""
		return self.applied(employee, week()[:2])

	def begun(self, employee, request):
		"""Of the two days one is over, without report or presence; the other is today and has its report."""
		absent, reported = (day.name for day in days_of(request))
		yesterday = getdate() - timedelta(days=1)
		frappe.db.set_value(DAY, absent, {"mkd_date": yesterday, "absence_proposed": 1})
		frappe.db.set_value(DAY, reported, "mkd_date", getdate())
		frappe.db.commit()
		self.addCleanup(self.clear, employee)
		report = self.ok(browser(employee.user_id).insert(self.content(employee)))["name"]
		self.ok(browser(employee.user_id).set_value(DAILY_REPORT, report, docstatus=1))
		return absent, report

	def button(self, user, doctype, name, action):
		doc = json.dumps({"doctype": doctype, "name": name})
		return browser(user).call("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def confirm(self, user, day):
		return browser(user).call(CONFIRM, mkd_day=day, confirmed=1, reason="Tidak dapat dihubungi")

	def decides(self, user, employee, days=True):
		request = self.waiting(employee)
		self.assertTrue(self.sees(user, REQUEST, request))
		self.ok(act(user, request, "Approve"))
		self.assertEqual(stored(request).decided_by, user)
		day, report = self.begun(employee, request)
		self.assertTrue(self.sees(user, DAILY_REPORT, report))
		self.ok(self.button(user, DAILY_REPORT, report, "Verify Report"))
		self.assertEqual(stored(report, DAILY_REPORT).verifier, user)
		self.assertEqual(self.sees(user, DAY, day), days)
		if days:
			self.ok(self.confirm(user, day))
			self.assertEqual(stored(day, DAY).confirmed_by, user)


class TestWhoDecides(DecidersCase):
	def test_the_head_of_a_unit_where_nobody_has_a_superior(self):
		head = person()
		self.assertEqual(self.permitted(head.user_id), ["Company", "Employee"])
		self.decides(head.user_id, person(department=unit_headed_by(head.user_id)))

	def test_a_superior_of_another_company(self):
		boss = person(company=other_company(), department=None)
		self.decides(boss.user_id, person(reports_to=boss))

	def test_a_superior_whose_permission_leaves_out_who_is_below_him(self):
		boss = person()
		own = frappe.get_doc(LIMITED, {"user": boss.user_id, "allow": "Employee"})
		own.hide_descendants = 1
		own.save()
		frappe.db.commit()
		self.decides(boss.user_id, person(reports_to=boss))

	def test_who_acts_for_the_superior_decides_what_the_delegation_is_for(self):
		boss, delegate = person(), person(company=other_company(), department=None)
		period = {"from_date": add_days(today(), -1), "to_date": add_days(today(), 1), "decree_no": "SK 12"}
		doc = {"doctype": DELEGATION, "approver": boss.user_id, "delegate": delegate.user_id, **period}
		self.ok(browser(user_with("HR Manager")).insert(doc))
		# Days are decided by the superior himself, or by HR for him.
		self.decides(delegate.user_id, person(reports_to=boss), days=False)

	def test_hr_with_a_record_of_its_own_where_nobody_else_decides(self):
		officer = person()
		frappe.get_doc("User", officer.user_id).add_roles("HR Manager", "MKD Approver")
		frappe.db.commit()
		self.assertEqual(self.permitted(officer.user_id), ["Company", "Employee"])
		self.decides(officer.user_id, person())


class TestHROfACompany(DecidersCase):
	def hr_of(self, allow, value):
		user = user_with("HR Manager", "MKD Officer")
		limit(user, allow, value)
		return user

	def test_hr_that_is_limited_decides_within_and_sees_nothing_beyond(self):
		here, elsewhere = self.hr_of("Company", COMPANY), self.hr_of("Company", other_company())
		employee = person()
		request = self.waiting(employee)
		self.assertFalse(self.sees(elsewhere, REQUEST, request))
		self.refused(act(elsewhere, request, "Approve"))
		self.refused(browser(elsewhere).insert({**self.content(employee), "mkd_date": str(week()[0])}))
		self.assertTrue(self.sees(here, REQUEST, request))
		self.ok(act(here, request, "Approve"))
		day, report = self.begun(employee, request)
		for doctype, name in ((DAY, day), (DAILY_REPORT, report)):
			self.assertFalse(self.sees(elsewhere, doctype, name))
			self.assertTrue(self.sees(here, doctype, name))
		self.refused(self.button(elsewhere, DAILY_REPORT, report, "Verify Report"))
		# Nor is it told whose day that is, or that there is one.
		self.refused(self.confirm(elsewhere, day), "not open to you")
		for question in ("ways_back", "recall_days", "revoke_days"):
			arguments = {"mkd_days": json.dumps([day])} | ({} if question == "ways_back" else {"reason": "x"})
			answer = browser(elsewhere).call(f"mkd_hrms.api.{question}", **arguments)
			self.assertFalse(answer.ok and answer.json()["message"], question)
		self.ok(self.confirm(here, day))

	def test_who_works_for_hr_and_is_a_superior_elsewhere_decides_there_as_that_alone(self):
		boss = person(company=other_company(), department=None)
		frappe.get_doc("User", boss.user_id).add_roles("HR Manager")
		frappe.db.commit()
		own, foreign = person(reports_to=boss), person()
		self.decides(boss.user_id, own)
		request = self.waiting(foreign)
		self.assertFalse(self.sees(boss.user_id, REQUEST, request))

	def test_a_form_of_ours_finds_the_employees_whom_hr_may_write_for(self):
		employee, boss = person(), person(company=other_company(), department=None)
		officer = person()
		frappe.get_doc("User", officer.user_id).add_roles("HR User")
		frappe.db.commit()
		asked = {"doctype": "Employee", "reference_doctype": REQUEST, "ignore_user_permissions": 1}
		asked["filters"] = json.dumps({"status": "Active"})

		def finds(user, whom):
			found = self.ok(browser(user).call("frappe.desk.search.search_link", txt=whom.name, **asked))
			return whom.name in [row["value"] for row in found]

		for user, whom, expected in (
			(officer.user_id, employee, True),
			(officer.user_id, boss, False),
			(boss.user_id, employee, False),
			(boss.user_id, boss, True),
			(user_with("HR User"), boss, True),
		):
			with self.subTest(user=user, whom=whom.name):
				self.assertEqual(finds(user, whom), expected)
