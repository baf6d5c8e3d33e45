"""An administrator lets our Workflows send mail: who gets it, what it offers, and what its links do (rules W3, W4)."""

import re
from email import message_from_string, policy
from html import unescape

import requests

import frappe

from mkd_hrms.constants import DELEGATION, OBJECTION_WORKFLOW, REPORT_WORKFLOW, REQUEST, WORKFLOW
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	browser,
	officer,
	open_house,
	person,
	user_with,
	week,
)
from mkd_hrms.tests.support.live_server import site_header
from mkd_hrms.tests.support.world import UNCLASSIFIED

setUpModule = open_house

LINK = re.compile(r'href="([^"]*apply_action[^"]*)"')
FIELD = re.compile(r'name="signed" value="([^"]*)"')
CONFIRM = "/api/method/frappe.workflow.doctype.workflow_action.workflow_action.confirm_action"


def switch(on):
	for name in (WORKFLOW, REPORT_WORKFLOW, OBJECTION_WORKFLOW):
		workflow = frappe.get_doc("Workflow", name)
		workflow.send_email_alert = int(on)
		for row in workflow.states:
			row.send_email = int(on)
		workflow.save()
	frappe.db.commit()


class TestMailOfTheWorkflow(HTTPCase):
	"""An agency with thirty people in HR would do; two who are not asked show the same."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		switch(True)
		cls.addClassCleanup(switch, False)
		cls.hr = [officer(), user_with("HR Manager")]
		cls.boss, cls.delegate = person(), person()

	def setUp(self):
		frappe.db.delete("Email Queue")
		frappe.db.delete("Email Queue Recipient")
		self.employee = person(reports_to=self.boss)

	def ask(self, **values):
		"""An application, in this process, where the queue works at once."""
		request = factories.applied(self.employee, week()[:1], **values)
		frappe.db.commit()
		return request

	def mails(self, name):
		"""By recipient, the HTML of the mails about a document."""
		found = {}
		for mail in frappe.get_all("Email Queue", {"reference_name": name}, ["name", "message"]):
			body = message_from_string(mail.message, policy=policy.default).get_body(("html",)).get_content()
			for user in frappe.get_all("Email Queue Recipient", {"parent": mail.name}, pluck="recipient"):
				found.setdefault(user, []).append(body)
		return found

	def links(self, html):
		return [unescape(link) for link in LINK.findall(html)]

	def fetch(self, link, user=None, /, **form):
		"""Whoever follows the link: logged in as a user, or not at all. A page of the platform posts without its header."""
		server = browser(officer()).server
		address = server.url + link[link.index("/api/") :]
		headers = {"Accept": "text/html", **site_header(server), "X-Frappe-CSRF-Token": None}
		session = browser(user).session if user else requests.Session()
		method, data = ("POST", {"data": form}) if form else ("GET", {})
		return session.request(method, address, headers=headers, timeout=60, **data)

	def press(self, link):
		"""Open the page of a link, and press its button."""
		page = self.fetch(link)
		self.assertEqual(page.status_code, 200, page.text[:300])
		return self.fetch(CONFIRM, signed=unescape(FIELD.search(page.text).group(1)))

	def test_who_decides_is_asked_once_with_what_he_may_do_and_the_own_notice_steps_aside(self):
		delegation = {"doctype": DELEGATION, "approver": self.boss.user_id, "delegate": self.delegate.user_id}
		delegation |= {
			"from_date": frappe.utils.today(),
			"to_date": frappe.utils.today(),
			"decree_no": "SK 1",
		}
		frappe.get_doc(delegation).insert()
		self.addCleanup(frappe.db.delete, DELEGATION)
		request = self.ask()
		mails = self.mails(request.name)
		self.assertEqual(set(mails), {self.boss.user_id, self.delegate.user_id})
		for user, bodies in mails.items():
			with self.subTest(user):
				self.assertEqual(len(bodies), 1)
				offered = {re.search(r"action=(\w+)", link).group(1) for link in self.links(bodies[0])}
				self.assertEqual(offered, {"Approve", "Reject"})
		self.assertEqual(frappe.get_all("Notification Log", {"document_name": request.name}), [])

	def test_hr_is_asked_where_hr_decides(self):
		self.employee = person(designation=UNCLASSIFIED, reports_to=self.boss)
		request = self.ask()
		self.assertEqual(request.status, "Pending HR Review")
		mails = self.mails(request.name)
		self.assertLessEqual(set(self.hr), set(mails))
		self.assertTrue({self.boss.user_id, self.employee.user_id}.isdisjoint(mails))
		self.assertEqual({len(bodies) for bodies in mails.values()}, {1})

	def test_a_link_that_is_only_fetched_changes_nothing_and_its_button_approves(self):
		request = self.ask()
		links = self.links(self.mails(request.name)[self.boss.user_id][0])
		approve = next(link for link in links if "action=Approve" in link)
		page = self.fetch(approve)
		signed = unescape(FIELD.search(page.text).group(1))
		second = CONFIRM.replace("/api/", "/api/v2/")
		for fetched in (approve, f"{CONFIRM}?{signed}", f"{second}?{signed}", self.of_the_platform(request)):
			with self.subTest(fetched):
				self.fetch(fetched)
				self.stands(request.name, "Pending Approval", ["Pending"])
		for posted in (signed.replace("Approve", "Reject"), self.of_the_platform(request).split("?")[1], "ä"):
			with self.subTest(posted):
				self.assertEqual(self.fetch(CONFIRM, signed=posted).status_code, 403)
				self.stands(request.name, "Pending Approval", ["Pending"])
		self.press(approve)
		decided = self.stands(request.name, "Approved", ["Approved"])
		self.assertEqual(decided.decided_by, self.boss.user_id)
		self.assertIn("has been set to state", self.fetch(approve).text)

	def of_the_platform(self, request):
		"""The address that the platform's own page leads to."""
		from frappe.workflow.doctype.workflow_action.workflow_action import get_confirm_workflow_action_url

		return get_confirm_workflow_action_url(request, "Approve", self.boss.user_id)

	def test_a_gate_that_fails_by_then_leaves_the_state_that_the_form_leaves(self):
		request = self.ask()
		links = self.links(self.mails(request.name)[self.boss.user_id][0])
		factories.attend(self.employee.name, frappe.utils.getdate(), absences(3), present=False)
		frappe.db.delete(
			"Attendance",
			{"employee": self.employee.name, "attendance_date": ("in", absences(3)), "status": "Present"},
		)
		frappe.db.commit()
		page = self.press(next(link for link in links if "action=Approve" in link))
		self.assertIn("Nothing was approved", page.text)
		self.stands(request.name, "Denied", ["Released"])

	def test_a_link_is_worth_nothing_to_whoever_may_not_decide_any_more(self):
		request = self.ask()
		links = self.links(self.mails(request.name)[self.boss.user_id][0])
		employee = frappe.get_doc("Employee", self.employee.name)
		employee.reports_to = person().name
		employee.save()
		frappe.db.commit()
		self.press(next(link for link in links if "action=Approve" in link))
		self.stands(request.name, "Pending Approval", ["Pending"])

	def test_whoever_is_logged_in_presses_it_as_himself(self):
		request = self.ask()
		approve = self.links(self.mails(request.name)[self.boss.user_id][0])[0]
		for user, status, days in (
			(self.employee.user_id, "Pending Approval", ["Pending"]),
			(self.boss.user_id, "Approved", ["Approved"]),
		):
			page = self.fetch(approve, user)
			form = dict(re.findall(r'name="(signed|csrf_token)" value="([^"]*)"', page.text))
			self.assertEqual(set(form), {"signed", "csrf_token"})
			self.fetch(CONFIRM, user, **{name: unescape(value) for name, value in form.items()})
			with self.subTest(user):
				self.stands(request.name, status, days)

	def test_a_new_superior_still_has_the_notice_that_no_mail_replaces(self):
		request, other = self.ask(), person()
		employee = frappe.get_doc("Employee", self.employee.name)
		employee.reports_to = other.name
		employee.save()
		frappe.db.commit()
		told = frappe.get_all("Notification Log", {"document_name": request.name}, pluck="for_user")
		self.assertEqual(told, [other.user_id])

	def test_an_objection_asks_hr_once_and_offers_no_decision_without_a_reason(self):
		self.employee = person(reports_to=self.boss, absent_on=absences(3))
		denied = self.ask()
		self.assertEqual(denied.status, "Denied")
		objection = {"doctype": "MKD Objection", "employee": self.employee.name, "grounds": "Saya hadir"}
		objection |= {"against_doctype": REQUEST, "against_name": denied.name}
		with factories.acting_as(self.employee.user_id):
			doc = frappe.get_doc(objection).insert()
			frappe.model.workflow.apply_workflow(doc.as_json(), "File Objection")
		frappe.db.commit()
		mails = self.mails(doc.name)
		self.assertIn(officer(), mails)
		for bodies in mails.values():
			self.assertEqual([len(bodies), self.links(bodies[0])], [1, []])
		self.assertEqual(frappe.get_all("Notification Log", {"document_name": doc.name}), [])
