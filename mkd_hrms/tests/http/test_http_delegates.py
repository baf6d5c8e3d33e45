"""Who acts for a superior decides about applications in his name, in the period, and about nobody who chose him (rule W3);
and who stands above a superior who did not decide in time does (rule W4)."""

import json
from unittest.mock import patch

import frappe
from frappe.utils import add_days, today

from mkd_hrms.constants import DELEGATION, REQUEST
from mkd_hrms.services.platform.notify import LOG
from mkd_hrms.services.requests import delegates, escalation
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	open_house,
	person,
	stored,
	user_with,
	week,
)
from mkd_hrms.tests.support.world import OFFICE, SERVICE_BACK_OFFICE, unit

setUpModule = open_house
GETDOC = "frappe.desk.form.load.getdoc"


class TestTheDelegate(HTTPCase):
	def setUp(self):
		self.boss = person()
		self.employee = person(reports_to=self.boss)
		# Somebody of another unit, who reports to nobody here.
		self.delegate = person(department=unit(SERVICE_BACK_OFFICE))
		self.request = self.applied(self.employee, week()[:2])
		self.addCleanup(self.end_delegations)

	def end_delegations(self):
		frappe.db.rollback()
		frappe.db.delete(DELEGATION)
		frappe.db.commit()

	def delegated(self, recorded_by=None, delegate=None, since=0, until=0, **values):
		"""HR records who acts for the superior."""
		doc = {"doctype": DELEGATION, "approver": self.boss.user_id, "decree_no": "SK 12", **values}
		doc |= {"delegate": (delegate or self.delegate).user_id}
		doc |= {"from_date": add_days(today(), since), "to_date": add_days(today(), until)}
		self.ok(browser(recorded_by or user_with("HR Manager")).insert(doc))

	def sees(self, user, name):
		"""The list and the form must agree."""
		listed = [row["name"] for row in self.ok(browser(user).get(f"/api/resource/{REQUEST}"))]
		opened = browser(user).get(f"/api/method/{GETDOC}", doctype=REQUEST, name=name).ok
		self.assertEqual(name in listed, opened)
		return opened

	def offered(self, user):
		"""What the form of the application offers."""
		doc = json.dumps({"doctype": REQUEST, "name": self.request})
		found = self.ok(browser(user).call("frappe.model.workflow.get_transitions", doc=doc))
		return {transition["action"] for transition in found}

	def is_closed_to(self, user, name):
		self.assertFalse(self.sees(user, name))
		self.refused(act(user, name, "Approve"))
		self.stands(name, "Pending Approval", ["Pending"] * 2)

	def test_the_form_offers_a_decision_to_who_decides_and_to_nobody_else(self):
		chief, hr = person(), user_with("HR Manager")
		self.delegated()
		boss = frappe.get_doc("Employee", self.boss.name)
		boss.reports_to = chief.name
		boss.save(ignore_permissions=True)
		frappe.db.commit()
		for user in (self.boss.user_id, self.delegate.user_id):
			self.assertEqual(self.offered(user), {"Approve", "Reject"})
		self.assertEqual(self.offered(self.employee.user_id), {"Withdraw"})
		self.assertEqual(self.offered(chief.user_id), set())
		self.assertEqual(self.offered(hr), {"Withdraw"})
		# What is not offered would have been refused.
		for user in (chief.user_id, hr):
			self.refused(act(user, self.request, "Approve"))

	def test_both_forms_say_who_decides_while_a_delegation_stands(self):
		"""Before applying, and while it waits; not about whom chose him, nor on another day."""
		user, name = self.employee.user_id, frappe.db.get_value("User", self.delegate.user_id, "full_name")
		self.assertEqual(self.acting(user), ([], []))
		self.delegated()
		self.assertEqual(self.acting(user), ([name], [name]))
		self.end_delegations()
		self.delegated(since=1, until=2)
		self.assertEqual(self.acting(user), ([], []))

	def acting(self, user):
		before = self.ok(browser(user).call("mkd_hrms.api.before_applying", employee=self.employee.name))
		form = browser(user).get(f"/api/method/{GETDOC}", doctype=REQUEST, name=self.request)
		return before["acting"], form.json()["docs"][0]["__onload"]["acting"]

	def test_he_finds_it_in_his_list_and_approves_and_hr_sees_who_did_for_whom(self):
		user = self.delegate.user_id
		self.is_closed_to(user, self.request)
		self.delegated()
		self.assertTrue(self.sees(user, self.request))
		form = (
			browser(user).get(f"/api/method/{GETDOC}", doctype=REQUEST, name=self.request).json()["docs"][0]
		)
		self.assertTrue(form["__onload"]["may_decide"])
		self.ok(act(user, self.request, "Approve"))
		request = self.stands(self.request, "Approved", ["Approved"] * 2)
		self.assertEqual((request.decided_by, request.approver), (user, self.boss.user_id))
		timeline = browser(user_with("HR User")).call(GETDOC, doctype=REQUEST, name=self.request).text
		self.assertIn("by delegation", timeline)
		self.assertIn(frappe.db.get_value("User", self.boss.user_id, "full_name"), timeline)

	def test_what_erpnext_permits_him_to_see_hides_nothing_behind_the_shortcut_and_his_office_is_noted(self):
		user = self.delegate.user_id
		permitted = frappe.get_all("User Permission", {"user": user}, pluck="for_value")
		self.assertIn(self.delegate.name, permitted)
		self.delegated(kind="Plh.", decree_date=today())
		filters = json.dumps({"status": "Pending Approval"})
		found = self.ok(browser(user).get(f"/api/resource/{REQUEST}", filters=filters))
		self.assertEqual([row["name"] for row in found], [self.request])
		self.ok(act(user, self.request, "Approve"))
		self.assertEqual(stored(self.request).decided_as, "Plh.")
		said = frappe.get_all("Comment", {"reference_name": self.request}, pluck="content")
		self.assertTrue(any("by delegation (Plh.)" in (text or "") for text in said))

	def test_a_kind_asks_for_its_letter_and_a_letter_for_a_time_that_is_left(self):
		hr = browser(user_with("HR Manager"))
		doc = {"doctype": DELEGATION, "approver": self.boss.user_id, "delegate": self.delegate.user_id}
		doc |= {"from_date": today(), "to_date": today(), "kind": "Plt."}
		self.refused(hr.insert(doc), "Plt.", "number")
		doc["decree_no"] = "800/12"
		self.refused(hr.insert({**doc, "decree_date": str(add_days(today(), 1))}), "after the last day")
		self.refused(hr.insert({**doc, "decree_date": today(), "kind": "Pjs."}))
		self.ok(hr.insert({**doc, "decree_date": today()}))

	def test_he_rejects_with_a_note(self):
		self.delegated()
		user = self.delegate.user_id
		self.ok(browser(user).set_value(REQUEST, self.request, decision_note="Rapat seluruh biro"))
		self.ok(act(user, self.request, "Reject"))
		self.stands(self.request, "Rejected", ["Released"] * 2)

	def told(self, user):
		"""What he was told of requests that waited already."""
		frappe.db.rollback()
		filters = {"for_user": user, "subject": ("like", "%for whom you act%")}
		return frappe.get_all(LOG, filters, ["subject", "document_name"], order_by="creation")

	def test_he_is_told_once_of_what_waits_when_his_time_begins(self):
		user = self.delegate.user_id
		later = self.applied(person(reports_to=self.boss), week()[:1])
		self.applied(person(reports_to=person()), week()[:1])
		self.delegated(since=1, until=3)
		self.assertEqual(self.told(user), [])
		frappe.db.set_value(DELEGATION, {"delegate": user}, "from_date", today())
		frappe.db.commit()
		for _time in range(2):
			delegates.tell_of_what_waits()
		frappe.db.commit()
		(told,) = self.told(user)
		self.assertEqual(told.document_name, self.request)
		self.assertIn("act: 2", told.subject)
		listed = [row["name"] for row in self.ok(browser(user).get(f"/api/resource/{REQUEST}"))]
		self.assertEqual(set(listed), {self.request, later})

	def test_what_cannot_be_said_to_one_keeps_no_other_waiting(self):
		another = person(department=unit(SERVICE_BACK_OFFICE))
		for delegate in (self.delegate, another):
			self.delegated(delegate=delegate, since=1, until=3)
		frappe.db.set_value(DELEGATION, {"delegate": ("is", "set")}, "from_date", today())
		first, second = frappe.get_all(DELEGATION, pluck="delegate", order_by="name")
		name = frappe.db.get_value(DELEGATION, {"delegate": first})
		frappe.db.commit()
		say = delegates._say

		def fails_for_the_first(entry, waiting, in_mail):
			if entry.name == name:
				raise frappe.ValidationError("not today")
			return say(entry, waiting, in_mail)

		with patch.object(delegates, "_say", fails_for_the_first):
			delegates.tell_of_what_waits()
		self.assertEqual((len(self.told(first)), len(self.told(second))), (0, 1))
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": name}))
		# He is told when it works again.
		delegates.tell_of_what_waits()
		self.assertEqual(len(self.told(first)), 1)

	def test_he_is_told_at_once_where_it_has_begun_and_again_when_it_is_for_another(self):
		user, another = self.delegate.user_id, person()
		waits = self.applied(person(reports_to=another), week()[:1])
		self.delegated(department=unit(SERVICE_BACK_OFFICE))
		self.assertEqual(self.told(user), [])
		name = frappe.db.get_value(DELEGATION, {"delegate": user})
		hr = browser(user_with("HR Manager"))
		self.ok(hr.set_value(DELEGATION, name, department=None))
		self.ok(hr.set_value(DELEGATION, name, decree_no="SK 13"))
		self.assertEqual([entry.document_name for entry in self.told(user)], [self.request])
		self.ok(hr.set_value(DELEGATION, name, approver=another.user_id))
		self.assertEqual([entry.document_name for entry in self.told(user)], [self.request, waits])

	def test_the_superior_himself_still_decides_and_nothing_says_that_he_was_stood_in_for(self):
		self.delegated()
		self.ok(act(self.boss.user_id, self.request, "Approve"))
		self.stands(self.request, "Approved", ["Approved"] * 2)
		comments = frappe.get_all("Comment", {"reference_name": self.request}, pluck="content")
		self.assertFalse(any("by delegation" in (text or "") for text in comments))

	def test_before_and_after_his_time_he_is_a_stranger(self):
		self.delegated(since=-3, until=-1)
		self.delegated(since=1, until=3)
		self.is_closed_to(self.delegate.user_id, self.request)

	def test_for_a_part_of_the_people_he_decides_about_no_other(self):
		self.delegated(department=unit(SERVICE_BACK_OFFICE))
		self.is_closed_to(self.delegate.user_id, self.request)
		self.end_delegations()
		self.delegated(department=unit(OFFICE))
		self.ok(act(self.delegate.user_id, self.request, "Approve"))

	def test_he_decides_nothing_about_himself(self):
		colleague = person(reports_to=self.boss)
		own = self.applied(colleague, week()[:2])
		self.delegated(delegate=colleague)
		self.refused(act(colleague.user_id, own, "Approve"))
		self.stands(own, "Pending Approval", ["Pending"] * 2)
		self.ok(act(colleague.user_id, self.request, "Approve"))

	def test_nobody_is_decided_about_by_a_delegate_whom_he_chose(self):
		frappe.get_doc("User", self.employee.user_id).add_roles("HR Manager")
		frappe.db.commit()
		self.delegated(recorded_by=self.employee.user_id)
		self.is_closed_to(self.delegate.user_id, self.request)

	def test_what_he_could_not_do_as_the_superior_he_cannot_do_either(self):
		self.delegated()
		user = self.delegate.user_id
		self.refused(browser(user).delete(f"/api/resource/{REQUEST}/{self.request}"))
		self.refused(browser(user).set_value(REQUEST, self.request, reason="Lain"))
		self.refused(browser(user).call("mkd_hrms.api.explain", request=self.request))
		self.ok(act(user, self.request, "Approve"))
		self.refused(act(user, self.request, "Cancel"))
		self.assertEqual(stored(self.request).status, "Approved")


class TestTheNextAbove(HTTPCase):
	def test_what_the_superior_did_not_decide_in_time_he_finds_opens_and_approves(self):
		chief = person()
		boss = person(reports_to=chief)
		employee = person(reports_to=boss)
		name = self.applied(employee, week()[:2])
		doc = json.dumps({"doctype": REQUEST, "name": name})
		self.refused(act(chief.user_id, name, "Approve"))
		frappe.db.set_value(REQUEST, name, "decide_by", add_days(today(), -1))
		frappe.db.commit()
		escalation.escalate()
		found = self.ok(browser(chief.user_id).get(f"/api/resource/{REQUEST}"))
		self.assertIn(name, [row["name"] for row in found])
		form = browser(chief.user_id).get(f"/api/method/{GETDOC}", doctype=REQUEST, name=name).json()
		self.assertTrue(form["docs"][0]["__onload"]["may_decide"])
		offered = self.ok(browser(chief.user_id).call("frappe.model.workflow.get_transitions", doc=doc))
		self.assertEqual({row["action"] for row in offered}, {"Approve", "Reject"})
		self.ok(act(chief.user_id, name, "Approve"))
		self.assertEqual(self.stands(name, "Approved", ["Approved"] * 2).decided_by, chief.user_id)
