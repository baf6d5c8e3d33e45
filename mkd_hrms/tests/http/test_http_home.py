"""What the Desk offers each role of MKD: an app on the screen of apps, a workspace of its own, and counts of what it can act on."""

import json

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	head,
	officer,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.world import COMPANY, UNCLASSIFIED

setUpModule = open_house

OURS = {"MKD", "My-MKD", "My Team", "MKD-for-HR"}


class HomeCase(HTTPCase):
	def asked(self, user, method, **arguments):
		return self.ok(browser(user).call(method, **arguments))

	def workspaces(self, user):
		shown = self.asked(user, "frappe.desk.desktop.get_workspace_sidebar_items")
		return OURS & {page["name"] for page in shown["pages"]}

	def app(self, user):
		return [app for app in self.asked(user, "frappe.apps.get_apps") if app["name"] == "mkd_hrms"]


class TestWhoIsOfferedWhat(HomeCase):
	def test_an_employee_has_his_own_home(self):
		user = subordinate().user_id
		self.assertEqual(self.workspaces(user), {"My-MKD"})
		(app,) = self.app(user)
		self.assertEqual((app["title"], app["route"]), ("MKD", "/app/my-mkd"))

	def test_a_superior_has_his_own_and_that_of_his_team(self):
		subordinate()
		self.assertEqual(self.workspaces(head().user_id), {"My-MKD", "My Team"})
		self.assertEqual([app["route"] for app in self.app(head().user_id)], ["/app/my-mkd"])

	def test_hr_without_a_record_of_its_own_begins_with_what_waits_for_hr(self):
		user = user_with("HR User")
		self.assertEqual(self.workspaces(user), {"MKD-for-HR"})
		self.assertEqual([app["route"] for app in self.app(user)], ["/app/mkd-for-hr"])

	def test_what_administers_the_rules_stays_with_who_administers_them(self):
		self.assertEqual(self.workspaces(user_with("MKD Officer")), {"MKD-for-HR", "MKD"})

	def test_whoever_has_nothing_to_do_with_it_sees_nothing_of_it(self):
		user = user_with("Accounts User")
		self.assertEqual((self.workspaces(user), self.app(user)), (set(), []))

	def test_the_logo_is_there(self):
		user = subordinate().user_id
		answer = browser(user).get(self.app(user)[0]["logo"])
		self.assertEqual(answer.status_code, 200)
		self.assertIn("<svg", answer.text)

	def test_the_search_bar_is_told_whose_record_it_is(self):
		employee = subordinate()
		answer = browser(employee.user_id).get("/app")
		self.assertIn("everyday_words.js", answer.text)
		self.assertIn(
			json.dumps({"mkd_own_record": employee.name})[1:-1].replace(" ", ""), answer.text.replace(" ", "")
		)


class TestOwnStanding(HomeCase):
	METHOD = "mkd_hrms.api.own_standing"

	def evaluated(self, **values):
		employee = subordinate(**values)
		refresh.refresh(COMPANY, [employee.name])
		frappe.db.commit()
		return employee

	def test_who_may_work_away_reads_how_many_days_are_left(self):
		employee = self.evaluated()
		told = self.asked(employee.user_id, self.METHOD)
		self.assertEqual((told["colour"], told["standing"]), ("green", employee.name))
		self.assertTrue(told["sentence"].startswith("You may work away: this week 0 of "), told)
		self.assertIn("next week 0 of 4 days used, 4 left", told["sentence"])

	def test_days_asked_for_are_used(self):
		employee = self.evaluated()
		self.applied(employee, week()[:2])
		sentence = self.asked(employee.user_id, self.METHOD)["sentence"]
		self.assertIn("2 of 4 days used, 2 left", sentence)

	def test_who_may_not_reads_why(self):
		employee = self.evaluated(absent_on=absences(3))
		told = self.asked(employee.user_id, self.METHOD)
		self.assertEqual(told["colour"], "red")
		self.assertTrue(told["sentence"].startswith("You may not work away at present: Absence"), told)

	def test_without_a_record_there_is_nothing_to_tell(self):
		self.assertEqual(self.asked(user_with("HR User"), self.METHOD), {})


class TestWhatWaits(HomeCase):
	def waiting(self, user, what):
		shown = self.asked(user, ".".join(("mkd_hrms", "api", f"waiting_{what}")))
		names = shown.get("route_options", {}).get("name", ["in", []])[1]
		self.assertEqual(shown["value"], len(names))
		return names

	def test_a_request_waits_for_its_approver_and_for_nobody_else(self):
		employee, other = subordinate(), person()
		name = self.applied(employee, week()[:1])
		self.assertIn(name, self.waiting(head().user_id, "requests"))
		for user in (employee.user_id, other.user_id, officer()):
			self.assertNotIn(name, self.waiting(user, "requests"))
		self.ok(act(head().user_id, name, "Approve"))
		self.assertNotIn(name, self.waiting(head().user_id, "requests"))

	def test_who_stands_in_for_the_approver_is_asked_too_but_not_about_himself(self):
		delegate, employee = subordinate(), subordinate()
		values = {"approver": head().user_id, "delegate": delegate.user_id}
		days = {"from_date": frappe.utils.today(), "to_date": frappe.utils.today()}
		doc = frappe.get_doc({"doctype": "MKD Delegation", **values, **days}).insert()
		frappe.get_doc("User", delegate.user_id).add_roles("MKD Approver")
		frappe.db.commit()
		self.addCleanup(self.forget, doc)
		own, others = self.applied(delegate, week()[:1]), self.applied(employee, week()[:1])
		waiting = self.waiting(delegate.user_id, "requests")
		self.assertIn(others, waiting)
		self.assertNotIn(own, waiting)

	def forget(self, doc):
		frappe.db.rollback()
		frappe.delete_doc(doc.doctype, doc.name, force=True, ignore_permissions=True)
		frappe.db.commit()

	def test_what_is_not_known_waits_for_hr(self):
		employee = subordinate(designation=UNCLASSIFIED)
		name = self.applied(employee, week()[:1])
		self.assertEqual(stored(name, REQUEST).status, "Pending HR Review")
		self.assertIn(name, self.waiting(officer(), "reviews"))
		for user in (employee.user_id, head().user_id):
			self.assertNotIn(name, self.waiting(user, "reviews"))

	def test_an_absence_waits_for_who_was_asked(self):
		self.assertEqual(self.waiting(head().user_id, "absences"), [])
		self.assertEqual(self.waiting(head().user_id, "swaps"), [])
		self.assertEqual(self.waiting(head().user_id, "reports"), [])
