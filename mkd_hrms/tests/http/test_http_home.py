"""What the Desk offers each role of MKD: an app on the screen of apps, a workspace of its own, and counts of what it can act on."""

import json
from datetime import timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import IMPORT_LINE, REQUEST
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
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY, HOLIDAY, UNCLASSIFIED

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

	def test_letters_are_a_click_away_for_who_prints_them(self):
		for user, title in ((subordinate().user_id, "My MKD"), (head().user_id, "My Team")):
			(page,) = (
				page
				for page in self.asked(user, "frappe.desk.desktop.get_workspace_sidebar_items")["pages"]
				if page["title"] == title
			)
			shown = self.asked(user, "frappe.desk.desktop.get_desktop_page", page=json.dumps(page))
			links = {link["link_to"] for card in shown["cards"]["items"] for link in card["links"]}
			with self.subTest(title):
				self.assertIn("MKD Letter", links)

	def test_the_logo_is_there(self):
		user = subordinate().user_id
		answer = browser(user).get(self.app(user)[0]["logo"])
		self.assertEqual(answer.status_code, 200)
		self.assertIn("<svg", answer.text)

	def test_the_search_bar_is_told_whose_record_it_is(self):
		employee = subordinate()
		answer = browser(employee.user_id).get("/app")
		self.assertIn("/js/words.js", answer.text)
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
		self.assertIn("next week 0 of ", told["sentence"])

	def test_days_asked_for_are_used(self):
		employee = self.evaluated()
		monday = getdate() + timedelta(days=7 - getdate().weekday())
		coming = [day for day in (monday + timedelta(days=number) for number in range(5)) if day != HOLIDAY]
		self.applied(employee, coming[:2])
		sentence = self.asked(employee.user_id, self.METHOD)["sentence"]
		limit = min(4, len(coming) - 1)
		self.assertIn(f"next week 2 of {limit} days used, {limit - 2} left", sentence)

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


class TestCheckInsToConfirm(HomeCase):
	"""Check-ins of days that are over are counted for whoever confirms them, and no further than his people."""

	CARD = "Check-ins to Confirm"

	def setUp(self):
		employee = person()
		values = {"mkd_import": "MKD-IMP-1", "document_type": "Employee Checkin", "action": "Correction"}
		for decision, undone in (("Open", 0), ("Open", 1), ("Confirmed", 0)):
			store_row(IMPORT_LINE, employee.name, decision=decision, undone=undone, **values)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, IMPORT_LINE, {"employee": employee.name})

	def counted(self, user):
		card = frappe.get_doc("Number Card", self.CARD)
		asked = {"doc": card.as_json(), "filters": card.filters_json}
		return browser(user).call("frappe.desk.doctype.number_card.number_card.get_result", **asked)

	def test_hr_counts_what_waits_and_nothing_that_is_decided_or_undone(self):
		for user in (user_with("MKD Officer", "Employee"), user_with("HR Manager")):
			self.assertEqual(self.ok(self.counted(user)), 1)

	def test_whom_user_permissions_leave_others_counts_none_of_it(self):
		user, other = user_with("HR Manager"), person()
		limit = {"doctype": "User Permission", "user": user, "allow": "Employee", "for_value": other.name}
		frappe.get_doc(limit).insert(ignore_permissions=True)
		frappe.db.commit()
		self.assertEqual(self.ok(self.counted(user)), 0)

	def test_nobody_else_is_told(self):
		for user in (person().user_id, head().user_id, user_with("HR User")):
			with self.subTest(user):
				self.refused(self.counted(user))

	def test_it_stands_on_the_home_of_hr(self):
		page = {"name": "MKD-for-HR", "title": "MKD for HR", "public": 1}
		shown = self.asked(
			user_with("MKD Officer"), "frappe.desk.desktop.get_desktop_page", page=json.dumps(page)
		)
		self.assertIn(self.CARD, [card["number_card_name"] for card in shown["number_cards"]["items"]])


class TestLists(HomeCase):
	"""What a list offers for the documents that are ticked is what each of them would allow this user."""

	def offered(self, user, *names):
		docs = json.dumps([{"name": name, "doctype": REQUEST} for name in names])
		method = "frappe.model.workflow.get_common_transition_actions"
		return set(self.asked(user, method, docs=docs, doctype=REQUEST))

	def test_withdraw_is_offered_to_who_applied_and_approve_to_who_decides(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		self.assertEqual(self.offered(employee.user_id, name), {"Withdraw"})
		self.assertEqual(self.offered(head().user_id, name), {"Approve", "Reject"})

	def test_who_decides_is_offered_nothing_for_what_others_decide(self):
		boss = subordinate()
		below = person(reports_to=boss)
		name = self.applied(below, week()[:1])
		self.assertEqual(self.offered(head().user_id, name), set())
		self.assertEqual(self.offered(boss.user_id, name), {"Approve", "Reject"})

	def test_of_several_only_what_all_of_them_allow(self):
		employee = subordinate()
		own, others = self.applied(head(), week()[:1]), self.applied(employee, week()[:1])
		self.assertEqual(self.offered(head().user_id, own), {"Withdraw"})
		self.assertEqual(self.offered(head().user_id, own, others), set())

	def test_nobody_is_told_of_what_he_may_not_read(self):
		name = self.applied(subordinate(), week()[:1])
		docs = json.dumps([{"name": name, "doctype": REQUEST}])
		method = "frappe.model.workflow.get_common_transition_actions"
		self.refused(browser(subordinate().user_id).call(method, docs=docs, doctype=REQUEST))

	def test_what_stands_above_a_list_leads_to_a_home_of_his_own(self):
		for user, homes in (
			(subordinate().user_id, ["My MKD"]),
			(user_with("HR User"), ["MKD for HR"]),
		):
			page = browser(user).get("/app").text
			boot = page.partition("frappe.boot = ")[2]
			known = json.JSONDecoder().raw_decode(boot)[0]["module_wise_workspaces"]
			self.assertEqual(known["MKD HRMS"], homes)
