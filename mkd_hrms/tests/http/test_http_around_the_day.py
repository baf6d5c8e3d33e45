"""What ends an MKD day before it begins, each by whoever does it in his own browser: nobody decided in time, the unit meets in
the office, he is called back, goes on leave, or moves to another unit (rules W4, W7, W9, W10, W12)."""

import json
from datetime import timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms import tasks
from mkd_hrms.constants import DAY, OBJECTION, OFFICE_DAY
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.day_case import leave_type
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	days_of,
	head,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.unit_case import BASIS, make_unit
from mkd_hrms.tests.support.world import COMPANY, OFFICE, SERVICE, unit

setUpModule = open_house
RECALL = "mkd_hrms.api.recall_days"


class AroundTheDayCase(HTTPCase):
	def states(self, name):
		return [day.status for day in days_of(name)]

	def told(self, user, *words):
		"""Whether somebody was told of a day or a request of his in these words."""
		frappe.db.rollback()
		said = frappe.get_all("Notification Log", {"for_user": user}, ["subject", "email_content"])
		return any(all(word in f"{entry.subject} {entry.email_content}" for word in words) for entry in said)


class TestNobodyDecides(AroundTheDayCase):
	def test_time_alone_approves_nothing_and_the_employee_is_told(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		(day,) = days_of(name)
		frappe.db.set_value(DAY, day.name, "mkd_date", getdate() - timedelta(days=1))
		frappe.db.commit()
		tasks.expire_undecided()
		self.stands(name, "Expired", ["Released"])
		self.refused(act(head().user_id, name, "Approve"))
		self.assertTrue(self.told(employee.user_id, name))


class TestTheUnitMeets(AroundTheDayCase):
	"""HR declares a day on which a whole unit stays in the office (W7)."""

	def setUp(self):
		self.unit = make_unit("Bidang Temu")
		self.employee, self.other = subordinate(department=self.unit), subordinate()
		self.addCleanup(self.clear)

	def clear(self):
		frappe.db.rollback()
		frappe.db.delete(OFFICE_DAY, {"department": self.unit})
		frappe.db.set_value("Employee", {"department": self.unit}, "department", None)
		frappe.db.commit()
		frappe.clear_cache()

	def declared(self, user, day):
		values = {"title": "Apel", "kind": "Roll Call", "department": self.unit, "legal_basis": BASIS}
		dates = {"from_date": str(day), "to_date": str(day)}
		return browser(user).insert({"doctype": OFFICE_DAY, **values, **dates, "docstatus": 1})

	def test_what_is_booked_is_given_back_and_nobody_applies_for_it(self):
		name, others = (self.approved(who, week()[:2]) for who in (self.employee, self.other))
		for user in (self.employee.user_id, head().user_id):
			self.refused(self.declared(user, week()[0]))
		self.ok(self.declared(user_with("HR Manager"), week()[0]))
		tasks.give_way_to_office_day(frappe.db.get_value(OFFICE_DAY, {"department": self.unit}))
		frappe.db.commit()
		self.assertEqual(self.states(name), ["Released", "Approved"])
		self.assertEqual(self.states(others), ["Approved"] * 2)
		self.assertTrue(self.told(self.employee.user_id, "Apel"))
		again = browser(self.employee.user_id).insert(factories.asked(self.employee, week()[:1]))
		self.refused(again, "Apel", BASIS, "Choose another date")


class TestCalledBack(AroundTheDayCase):
	"""W9: the superior says why, and the day is free again."""

	def test_the_superior_says_why_and_the_day_can_be_asked_for_again(self):
		employee, stranger = subordinate(), person()
		name = self.approved(employee, week()[:2])
		first, _second = days_of(name)
		call = {"mkd_days": [first.name], "reason": "Kunjungan menteri"}
		for user in (employee.user_id, stranger.user_id):
			self.refused(browser(user).call(RECALL, **call))
		self.refused(browser(head().user_id).call(RECALL, **{**call, "reason": " "}))
		self.assertEqual(self.states(name), ["Approved"] * 2)
		self.ok(browser(head().user_id).call(RECALL, **call))
		self.stands(name, "Approved", ["Released", "Approved"])
		self.assertTrue(self.told(employee.user_id, "Kunjungan menteri"))
		self.stands(self.applied(employee, week()[:1]), "Pending Approval", ["Pending"])


class TestLeave(AroundTheDayCase):
	"""W10: leave comes first, and its end brings nothing back by itself."""

	def test_leave_that_is_approved_takes_the_day_and_cancelled_does_not_give_it_back(self):
		employee = subordinate(leave_approver=head().user_id)
		name = self.approved(employee, week()[:2])
		leave = {"doctype": "Leave Application", "employee": employee.name, "leave_type": leave_type()}
		frappe.db.commit()
		leave |= {"from_date": str(week()[0]), "to_date": str(week()[0]), "company": COMPANY}
		asked = self.ok(browser(employee.user_id).insert({**leave, "leave_approver": head().user_id}))
		self.assertEqual(self.states(name), ["Approved"] * 2)
		self.ok(self.pressed({**asked, "status": "Approved"}, "Submit"))
		self.assertEqual(self.states(name), ["Released", "Approved"])
		approved = self.ok(browser(head().user_id).resource("Leave Application", asked["name"]))
		self.ok(self.pressed(approved, "Cancel"))
		self.assertEqual(self.states(name), ["Released", "Approved"])
		# He asks again, if he wants it.
		self.stands(self.applied(employee, week()[:1]), "Pending Approval", ["Pending"])

	def pressed(self, doc, action):
		"""A button of the form, by the superior."""
		client = browser(head().user_id)
		if action == "Cancel":
			about = {"doctype": doc["doctype"], "name": doc["name"]}
			return client.call("frappe.desk.form.save.cancel", **about)
		return client.call("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action=action)


class TestAnotherUnit(AroundTheDayCase):
	"""W12: what a move changes is judged at once, said to both, and open to an objection."""

	def test_days_ahead_are_suspended_and_both_know(self):
		employee, hr = subordinate(), user_with("HR Manager")
		name = self.approved(employee, week()[:2])
		self.moved(hr, employee, SERVICE)
		self.assertEqual(self.states(name), ["Suspended"] * 2)
		self.assertTrue(self.told(employee.user_id, "are suspended", "Service Unit"))
		self.assertTrue(self.told(head().user_id, "are suspended", "Service Unit"))
		self.assertEqual(stored(name).status, "Approved")
		objection = {"doctype": OBJECTION, "employee": employee.name, "against_doctype": DAY}
		objection |= {"against_name": days_of(name)[0].name, "grounds": "Loket tutup"}
		self.ok(browser(employee.user_id).insert(objection))
		self.moved(hr, employee, OFFICE)
		self.assertEqual(self.states(name), ["Approved"] * 2)

	def moved(self, hr, employee, department):
		"""HR enters another unit, and a worker asks what follows."""
		self.ok(browser(hr).set_value("Employee", employee.name, department=unit(department)))
		tasks.evaluate_again()
		frappe.db.commit()
