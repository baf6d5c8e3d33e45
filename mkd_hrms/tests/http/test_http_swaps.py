"""Swaps of days through the browser: who asks, who consents, who decides, and who is kept from it (rule W14)."""

import json
from concurrent.futures import ThreadPoolExecutor

import frappe
from frappe.utils import strip_html

from mkd_hrms.constants import DAY, DAY_SWAP
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	days_of,
	head,
	open_house,
	person,
	requests_of,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.world import SERVICE_BACK_OFFICE, other_company, unit

setUpModule = open_house
ANSWERS = {"place": "Registered Residence", "has_computer": "Yes", "has_internet": "Yes"}


class SwapCase(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.monday, cls.tuesday, cls.wednesday, cls.thursday, cls.friday = week()

	def tearDown(self):
		super().tearDown()
		names = frappe.get_all(DAY_SWAP, pluck="name") or [""]
		for doctype in ("Workflow Action", "Comment"):
			frappe.db.delete(doctype, {"reference_doctype": DAY_SWAP, "reference_name": ("in", names)})
		frappe.db.commit()

	def pair(self, theirs=True):
		"""Who has MKD on Tuesday, and a colleague who has it on Thursday, or on no day."""
		own, colleague = subordinate(), subordinate()
		own.request = self.approved(own, [self.tuesday])
		colleague.request = self.approved(colleague, [self.thursday]) if theirs else None
		return own, colleague

	def content(self, own, other, **values):
		exchange = {"kind": "Exchange", "colleague_date": str(self.thursday)} if other.request else {}
		return {
			"doctype": DAY_SWAP,
			"employee": own.name,
			"kind": "Hand Over",
			"mkd_date": str(self.tuesday),
			"colleague": other.name,
			"reason": "Rapat di kantor",
			**exchange,
			**values,
		}

	def move(self, user, name, action):
		doc = json.dumps({"doctype": DAY_SWAP, "name": name})
		return browser(user).call("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def asked(self, own, colleague, **values):
		name = self.ok(browser(own.user_id).insert(self.content(own, colleague, **values)))["name"]
		self.ok(self.move(own.user_id, name, "Ask"))
		return name

	def consented(self, own, colleague):
		name = self.asked(own, colleague)
		if not colleague.request:
			self.ok(browser(colleague.user_id).set_value(DAY_SWAP, name, **ANSWERS))
		self.ok(self.move(colleague.user_id, name, "Consent"))
		return name

	def status(self, name):
		return stored(name, DAY_SWAP).status

	def used(self, employee):
		"""By date the request of each day that is used."""
		frappe.db.rollback()
		held = {"employee": employee.name, "status": "Approved"}
		return {
			row.mkd_date: row.source_name for row in frappe.get_all(DAY, held, ["mkd_date", "source_name"])
		}

	def unchanged(self, own, colleague):
		theirs = {self.thursday: colleague.request} if colleague.request else {}
		self.assertEqual((self.used(own), self.used(colleague)), ({self.tuesday: own.request}, theirs))

	def told(self, user, name):
		frappe.db.rollback()
		about = {"for_user": user, "document_type": DAY_SWAP, "document_name": name}
		return [strip_html(subject) for subject in frappe.get_all("Notification Log", about, pluck="subject")]


class TestTheWholeWay(SwapCase):
	def test_two_people_exchange_a_day_each(self):
		own, colleague = self.pair()
		name = self.consented(own, colleague)
		self.unchanged(own, colleague)
		self.assertEqual(len(self.told(colleague.user_id, name)), 1)
		self.assertTrue(self.told(head().user_id, name))
		self.ok(self.move(head().user_id, name, "Approve"))
		self.assertEqual(self.used(own), {self.thursday: own.request})
		self.assertEqual(self.used(colleague), {self.tuesday: colleague.request})
		for one in (own, colleague):
			request = stored(one.request)
			self.assertEqual(request.status, "Approved")
			rows = {str(row.mkd_date) for row in request.dates}
			self.assertEqual(rows, {str(self.tuesday), str(self.thursday)})
			self.assertEqual((request.from_date, request.to_date), (self.tuesday, self.thursday))
			stages = frappe.get_all("MKD Decision Record", {"reference_name": one.request}, pluck="stage")
			self.assertIn("Swap", stages)
			self.assertTrue(any("approved" in line for line in self.told(one.user_id, name)))
		# The new day is one like any other.
		self.ok(
			browser(own.user_id).call(
				"mkd_hrms.api.withdraw_days", request=own.request, dates=[str(self.thursday)]
			)
		)
		self.assertEqual((stored(own.request).status, self.used(own)), ("Revoked", {}))

	def test_one_hands_his_day_over(self):
		own, colleague = self.pair(theirs=False)
		name = self.asked(own, colleague)
		self.refused(self.move(colleague.user_id, name, "Consent"), "Not answered yet")
		# Nobody answers for him.
		self.ok(browser(own.user_id).set_value(DAY_SWAP, name, **ANSWERS))
		self.assertFalse(stored(name, DAY_SWAP).has_computer)
		self.ok(browser(colleague.user_id).set_value(DAY_SWAP, name, **ANSWERS))
		self.ok(self.move(colleague.user_id, name, "Consent"))
		self.ok(self.move(head().user_id, name, "Approve"))
		self.assertEqual((self.used(own), stored(own.request).status), ({}, "Revoked"))
		(taken,) = requests_of(colleague)
		self.assertEqual(self.used(colleague), {self.tuesday: taken})
		request = self.stands(taken, "Approved", ["Approved"])
		self.assertEqual(request.decided_by, head().user_id)
		self.assertEqual(stored(name, DAY_SWAP).colleague_request, taken)
		client = browser(head().user_id)
		(day,) = days_of(taken)
		self.ok(client.call("mkd_hrms.api.recall_days", mkd_days=[day.name], reason="Apel"))
		self.assertEqual(stored(taken).status, "Revoked")

	def test_the_file_of_both_names_it(self):
		own, colleague = self.pair()
		name = self.asked(own, colleague)
		for one in (own, colleague):
			response = browser(one.user_id).call("mkd_hrms.api.download_personal_data")
			self.assertIn(name, response.text)


class TestNo(SwapCase):
	def test_nobody_else_sees_it_or_acts(self):
		own, colleague = self.pair()
		third, elsewhere = subordinate(), user_with("HR Manager")
		frappe.get_doc(
			{
				"doctype": "User Permission",
				"user": elsewhere,
				"allow": "Company",
				"for_value": other_company(),
			}
		).insert(ignore_permissions=True)
		frappe.db.commit()
		name = self.consented(own, colleague)
		for user in (third.user_id, elsewhere):
			client = browser(user)
			self.refused(client.resource(DAY_SWAP, name))
			listed = self.ok(client.get(f"/api/resource/{DAY_SWAP}"))
			self.assertNotIn(name, str(listed))
			for action in ("Approve", "Reject", "Withdraw"):
				self.refused(self.move(user, name, action))
		# Whom User Permissions limit to his own record, and who decides all the same.
		self.assertTrue(frappe.db.exists("User Permission", {"user": head().user_id, "allow": "Employee"}))
		for user in (own.user_id, colleague.user_id, head().user_id):
			client = browser(user)
			self.ok(client.resource(DAY_SWAP, name))
			self.assertIn(name, str(self.ok(client.get(f"/api/resource/{DAY_SWAP}"))))
		self.assertEqual(self.status(name), "Pending Approval")

	def test_each_step_is_for_one_of_them(self):
		own, colleague = self.pair()
		# A role alone decides nothing about himself.
		frappe.get_doc("User", own.user_id).add_roles("MKD Approver")
		frappe.db.commit()
		third = subordinate()
		self.refused(browser(third.user_id).insert(self.content(own, colleague)))
		name = self.ok(browser(own.user_id).insert(self.content(own, colleague)))["name"]
		self.refused(browser(colleague.user_id).resource(DAY_SWAP, name))
		self.ok(self.move(own.user_id, name, "Ask"))
		for action in ("Consent", "Decline"):
			self.refused(self.move(own.user_id, name, action))
			self.refused(self.move(head().user_id, name, action))
		self.refused(browser(colleague.user_id).set_value(DAY_SWAP, name, mkd_date=str(self.friday)))
		self.refused(browser(own.user_id).set_value(DAY_SWAP, name, status="Approved"))
		self.ok(self.move(colleague.user_id, name, "Consent"))
		for user in (own.user_id, colleague.user_id):
			self.refused(self.move(user, name, "Approve"))
		self.assertEqual(self.status(name), "Pending Approval")
		self.unchanged(own, colleague)

	def test_declined_withdrawn_and_rejected_change_nothing(self):
		for status, by, action in (
			("Declined", "colleague", "Decline"),
			("Withdrawn", "own", "Withdraw"),
			("Withdrawn", "colleague", "Withdraw"),
			("Rejected", "head", "Reject"),
		):
			with self.subTest(status=status, by=by):
				own, colleague = self.pair()
				people = {"own": own, "colleague": colleague, "head": head()}
				steps = self.asked if action == "Decline" else self.consented
				name = steps(own, colleague)
				self.ok(self.move(people[by].user_id, name, action))
				self.assertEqual(self.status(name), status)
				self.unchanged(own, colleague)
				self.assertTrue(self.told((colleague if by == "own" else own).user_id, name))
				self.refused(self.move(head().user_id, name, "Approve"))

	def test_with_whom_and_which_days(self):
		own, colleague = self.pair()
		elsewhere = subordinate(department=unit(SERVICE_BACK_OFFICE))
		other_boss = person(reports_to=person())
		other_boss.request = elsewhere.request = None
		next_week = str(week(1)[3])
		for words, values in (
			("another unit", {"kind": "Hand Over", "colleague": elsewhere.name}),
			("different superiors", {"kind": "Hand Over", "colleague": other_boss.name}),
			("nobody swaps with himself", {"kind": "Hand Over", "colleague": own.name}),
			("no approved MKD day", {"mkd_date": str(self.monday)}),
			("no approved MKD day", {"colleague_date": str(self.friday)}),
			("within one week", {"colleague_date": next_week}),
		):
			with self.subTest(words, **values):
				self.refused(browser(own.user_id).insert(self.content(own, colleague, **values)), words)
		self.approved(colleague, [self.tuesday])
		self.refused(browser(own.user_id).insert(self.content(own, colleague)), "already uses")


class TestNothingIsChanged(SwapCase):
	def refused_at_approval(self, own, colleague, name, *words):
		self.refused(self.move(head().user_id, name, "Approve"), *words)
		self.assertEqual(self.status(name), "Pending Approval")
		self.assertEqual(self.used(own), {self.tuesday: own.request})

	def test_where_the_week_of_the_other_is_full(self):
		own, colleague = self.pair(theirs=False)
		name = self.consented(own, colleague)
		self.approved(colleague, [self.monday, self.wednesday, self.thursday, self.friday])
		self.refused_at_approval(own, colleague, name, "Nothing was changed", "limit 4, used 4")

	def test_where_a_condition_of_one_is_not_met(self):
		own, colleague = self.pair()
		name = self.consented(own, colleague)
		record = {"level": "Light", "stage": "In Force", "decree_no": "SK 9", "employee": colleague.name}
		record |= {"from_date": str(frappe.utils.getdate()), "to_date": str(self.friday)}
		frappe.get_doc({"doctype": "MKD Discipline Record", **record}).insert().submit()
		frappe.db.commit()
		# What a re-check found meanwhile is another story.
		frappe.db.set_value(DAY, {"employee": colleague.name}, "status", "Approved")
		frappe.db.commit()
		self.refused_at_approval(own, colleague, name, "Nothing was changed", "Discipline")
		self.assertEqual(self.used(colleague), {self.thursday: colleague.request})

	def test_where_a_counter_would_be_left_without_its_people(self):
		own, colleague = self.pair(theirs=False)
		at_the_counter = self.counter(colleague)
		name = self.consented(own, colleague)
		self.refused_at_approval(
			own,
			colleague,
			name,
			"Service point Loket Tukar",
			f"{self.tuesday:%d-%m-%Y}: at least 1 of 1 people must be in the office (Loket Tukar)",
			"Nothing was changed. Reject the swap",
		)
		self.assertEqual(self.used(colleague), {})
		# One place of the same counter for another changes nothing for the public.
		at_the_counter.append("members", {"employee": own.name})
		at_the_counter.save(ignore_permissions=True)
		frappe.db.commit()
		self.ok(self.move(head().user_id, name, "Approve"))
		self.assertEqual(set(self.used(colleague)), {self.tuesday})

	def counter(self, *people):
		"""A counter at which one of some people stays."""
		point = {"doctype": "MKD Service Point", "service_point_name": "Loket Tukar", "min_on_site": 1}
		point |= {"department": people[0].department, "valid_from": "2023-06-19"}
		point["members"] = [{"employee": each.name} for each in people]
		doc = frappe.get_doc(point).insert(ignore_permissions=True)
		frappe.db.commit()
		self.addCleanup(self.close, doc.name)
		return doc

	def close(self, counter):
		frappe.db.rollback()
		frappe.delete_doc("MKD Service Point", counter, force=True)
		frappe.db.commit()

	def test_where_a_day_was_given_back(self):
		own, colleague = self.pair()
		name = self.consented(own, colleague)
		dates = [str(self.thursday)]
		self.ok(
			browser(colleague.user_id).call(
				"mkd_hrms.api.withdraw_days", request=colleague.request, dates=dates
			)
		)
		self.refused_at_approval(own, colleague, name, "no approved MKD day")

	def test_of_two_tabs_one_acts(self):
		own, colleague = self.pair()
		content = self.content(own, colleague)
		drafts = [self.ok(browser(own.user_id).insert(content))["name"] for _two in range(2)]
		answers = self.at_once(own.user_id, "Ask", drafts)
		self.assertEqual(sorted(answer.ok for answer in answers), [False, True])
		(name,) = [name for name in drafts if self.status(name) == "Pending Consent"]
		self.ok(self.move(colleague.user_id, name, "Consent"))
		answers = self.at_once(head().user_id, "Approve", [name, name])
		self.assertEqual(
			sorted(answer.ok for answer in answers), [False, True], [a.text[:300] for a in answers]
		)
		self.assertEqual(self.used(own), {self.thursday: own.request})
		self.assertEqual(self.used(colleague), {self.tuesday: colleague.request})

	def at_once(self, user, action, names):
		client = browser(user)
		with ThreadPoolExecutor(len(names)) as pool:
			asked = [
				pool.submit(
					client.call,
					"frappe.model.workflow.apply_workflow",
					doc=json.dumps({"doctype": DAY_SWAP, "name": name}),
					action=action,
				)
				for name in names
			]
			return [each.result() for each in asked]
