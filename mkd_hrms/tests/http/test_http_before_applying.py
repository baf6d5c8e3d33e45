"""What the form of an application shows over HTTP before anything is saved, and to whom; and what comes of forgotten answers."""

import json
from datetime import timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import REQUEST
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	days_of,
	head,
	open_house,
	requests_of,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.world import COMPANY, OFFICE, unit

METHOD = "mkd_hrms.api.before_applying"

setUpModule = open_house


class BeforeApplying(HTTPCase):
	def told(self, user, **arguments):
		return self.ok(browser(user).call(METHOD, **arguments))

	def week_told(self, employee, **arguments):
		"""What is told of the week in which the tests ask for days."""
		told = self.told(employee.user_id, **arguments)
		(found,) = [each for each in told["weeks"] if each["monday"] == str(week()[0])]
		return told, found

	def days_told(self, told):
		return {day["day"]: day for day in told["days"]}


class TestWeeksAndDays(BeforeApplying):
	def test_a_week_says_its_limit_what_is_used_and_what_waits(self):
		employee = subordinate()
		self.approved(employee, week()[:1])
		waiting = self.applied(employee, week()[1:3], work_plan=[{"activity": "Naskah", "output": "Draf"}])
		told, found = self.week_told(employee)
		self.assertEqual((found["limit"], found["used"], found["pending"]), (4, 1, 2))
		self.assertEqual(found["special_limit"], 5)
		days = self.days_told(told)
		self.assertEqual([days[str(day)]["open"] for day in week()], [False, False, False, True, True])
		self.assertEqual(days[str(week()[0])]["kind"], "mkd")
		self.assertEqual(told["approver"], frappe.db.get_value("User", head().user_id, "full_name"))
		self.assertEqual(told["last"]["dates"], [str(day) for day in week()[1:3]])
		self.assertEqual(told["last"]["work_plan"][0]["activity"], "Naskah")
		self.assertEqual(len(days_of(waiting)), 2)

	def test_the_limit_told_is_the_one_that_is_held_to(self):
		"""The tier counts before anything is saved: one absence leaves three days, and a fourth is refused."""
		employee = subordinate(absent_on=absences(1))
		_told, found = self.week_told(employee)
		self.assertEqual(found["limit"], 3)
		name = self.drafted(employee, week()[:4])
		self.refused(act(employee.user_id, name, "Apply"), "limit 3")

	def test_weekends_holidays_and_days_that_are_over_cannot_be_chosen(self):
		told = self.told(subordinate().user_id)
		days = self.days_told(told)
		for day, entry in days.items():
			if getdate(day) < getdate():
				self.assertFalse(entry["open"], day)
			self.assertLess(getdate(day).isoweekday(), 6, day)
		self.assertEqual(len(told["weeks"]), 4)

	def test_later_weeks_are_told_when_asked_for(self):
		employee = subordinate()
		start = week()[0] + timedelta(weeks=4)
		told = self.told(employee.user_id, start=str(start))
		self.assertEqual(told["since"], str(start - timedelta(days=start.weekday())))
		before = self.told(employee.user_id, start="2020-01-01")
		self.assertEqual(before["since"], self.told(employee.user_id)["since"])

	def test_a_day_without_room_in_the_unit_says_so_and_can_be_asked_for(self):
		first, second = subordinate(), subordinate()
		rule = {"doctype": "MKD Coverage Rule", "department": unit(OFFICE), "company": COMPANY}
		rule |= {"valid_from": "2026-01-01", "cap_percent": 0, "legal_basis": "SE 150"}
		rule = frappe.get_doc(rule).insert(ignore_permissions=True)
		frappe.db.commit()
		self.addCleanup(self.forget, rule.name)
		day = self.days_told(self.told(second.user_id))[str(week()[2])]
		self.assertEqual((day["kind"], day["open"]), ("full", True))
		self.assertTrue(first.name)

	def forget(self, rule):
		frappe.db.rollback()
		frappe.delete_doc("MKD Coverage Rule", rule, force=True, ignore_permissions=True)
		frappe.db.commit()


class TestGates(BeforeApplying):
	def test_each_gate_has_value_limit_and_clause_before_anything_is_saved(self):
		employee = subordinate(absent_on=absences(3))
		told = self.told(employee.user_id)
		(absence,) = [gate for gate in told["gates"] if "3 unexcused absences" in gate["sentence"]]
		self.assertEqual((absence["verdict"], "closes at 3" in absence["sentence"]), ("Fail", True))
		self.assertIn("[PP 94/2021", absence["sentence"])
		self.assertIn(str(week()[0]), absence["days"])
		self.assertEqual(told["gates"][0]["verdict"], "Fail")
		self.assertEqual(requests_of(employee), [])

	def test_nothing_of_it_is_for_others(self):
		employee, colleague = subordinate(), subordinate()
		self.refused(browser(colleague.user_id).call(METHOD, employee=employee.name))
		self.assertEqual(self.told(head().user_id, employee=employee.name), {})
		told = self.told(user_with("HR User"), employee=employee.name)
		self.assertEqual((told["employee"], told["is_own"]), (employee.name, False))

	def test_without_an_employee_the_own_record_is_meant(self):
		employee = subordinate()
		told = self.told(employee.user_id)
		self.assertEqual((told["employee"], told["is_own"]), (employee.name, True))
		self.assertEqual(self.told(user_with("HR User")), {})


class TestAnswers(HTTPCase):
	def test_what_was_forgotten_leaves_a_draft_and_no_decision(self):
		employee = subordinate()
		for forgotten, label in (
			({"has_computer": ""}, "I have a computer for this work"),
			({"has_internet": None}, "I have an internet connection for this work"),
			({"place": "Other", "place_details": " "}, "Place Details"),
		):
			with self.subTest(label):
				name = self.drafted(employee, week()[:1], **forgotten)
				response = act(employee.user_id, name, "Apply")
				self.refused(response, label, "nothing was decided")
				self.assertEqual(response.json()["exc_type"], "NotAnswered")
				self.stands(name, "Draft", [])
				self.assertEqual(frappe.db.count("MKD Decision Record", {"reference_name": name}), 0)
				self.ok(browser(employee.user_id).delete(f"/api/resource/{REQUEST}/{name}"))

	def test_an_answer_given_afterwards_is_enough(self):
		employee = subordinate()
		name = self.drafted(employee, week()[:1], has_internet="")
		self.refused(act(employee.user_id, name, "Apply"))
		self.ok(browser(employee.user_id).set_value(REQUEST, name, has_internet="Yes"))
		self.ok(act(employee.user_id, name, "Apply"))
		self.stands(name, "Pending Approval", ["Pending"])

	def test_only_an_explicit_no_denies_and_says_which(self):
		employee = subordinate()
		name = self.drafted(employee, week()[:1], has_internet="No")
		self.ok(act(employee.user_id, name, "Apply"))
		self.stands(name, "Denied", [])
		self.assertEqual(stored(name).failed_gates, "Readiness")
		found = self.ok(browser(employee.user_id).call("mkd_hrms.api.explain", request=name))["findings"]
		(failing,) = [line for line in found if line["verdict"] == "Fail"]
		self.assertIn("internet", failing["sentence"])


class TestDaysLeft(HTTPCase):
	def test_the_form_is_told_which_days_stand_after_some_were_given_back(self):
		employee = subordinate()
		name = self.approved(employee, week()[:3])
		days = json.dumps([str(week()[1])])
		self.ok(browser(employee.user_id).call("mkd_hrms.api.withdraw_days", request=name, dates=days))
		response = browser(employee.user_id).call("frappe.desk.form.load.getdoc", doctype=REQUEST, name=name)
		self.assertTrue(response.ok, messages(response))
		told = response.json()["docs"][0]["__onload"]["days"]
		self.assertEqual([entry["day"] for entry in told], [str(week()[0]), str(week()[2])])
