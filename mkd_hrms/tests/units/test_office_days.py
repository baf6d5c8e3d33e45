"""On some days a whole unit stays in the office: nobody applies for them, and what is booked is given back (W7)."""

from datetime import timedelta

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from mkd_hrms import tasks
from mkd_hrms.constants import DAY, OFFICE_DAY, REQUEST
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.factories import applied, days_of, draft, eligible
from mkd_hrms.tests.support.unit_case import BASIS, UnitCase, make_unit
from mkd_hrms.tests.support.world import COMPANY


class TestOfficeDays(UnitCase, FrappeTestCase):
	UNIT = "Bidang Apel"

	def declare(self, submit=True, **values):
		day = {
			"doctype": OFFICE_DAY,
			"title": "Apel Senin",
			"kind": "Roll Call",
			"department": self.unit,
			"from_date": self.week[0],
			"to_date": self.week[0],
			"legal_basis": BASIS,
			**values,
		}
		doc = frappe.get_doc(day).insert(ignore_permissions=True)
		if submit:
			doc.submit()
		return doc

	def undo(self):
		super().undo()
		frappe.cache.delete_value("mkd_office_days")

	def state(self, request):
		return frappe.db.get_value(REQUEST, request.name, "status"), [
			(row.status, row.person and True) for row in days_of(request)
		]

	def test_applying_for_it_is_a_message_that_says_what_for_whom_and_by_which_basis(self):
		self.declare()
		with self.assertRaises(InvalidDays) as caught:
			draft(self.people[0], self.week[:2])
		self.assertEqual(
			str(caught.exception),
			f"{self.week[0]:%d-%m-%Y}: nobody of {self.unit} works away, Roll Call: Apel Senin ({BASIS})."
			" Choose another date.",
		)
		self.assertEqual(draft(self.people[0], self.week[1:2]).status, "Draft")

	def test_a_range_and_a_pattern_skip_it(self):
		self.declare(weekday="Wednesday", to_date=self.week[4])
		asked = {"from_date": self.week[0], "to_date": self.week[3]}
		pattern = {"request_type": "Weekly Pattern", **dict.fromkeys(("monday", "wednesday"), 1)}
		for values, expected in ((asked, [0, 1, 3]), ({**asked, **pattern}, [0])):
			request = draft(self.people[0], [], **values)
			found = [getdate(row.mkd_date) for row in request.dates]
			self.assertEqual(found, [self.week[number] for number in expected])
			self.assertIn("(Apel Senin)", request.skipped_dates)

	def test_it_holds_for_what_is_below_and_for_nobody_else(self):
		top = make_unit("Dinas Apel", is_group=1)
		below = eligible(reports_to=self.boss, department=make_unit("Seksi Apel", top))
		self.declare(department=top)
		with self.assertRaises(InvalidDays):
			draft(below, self.week[:1])
		self.assertEqual(draft(self.people[0], self.week[:1]).status, "Draft")
		self.declare(department=None, company=COMPANY)
		with self.assertRaises(InvalidDays):
			draft(self.people[0], self.week[:1])

	def test_a_draft_declares_nothing_and_a_cancelled_one_opens_the_date_again(self):
		day = self.declare(submit=False)
		first = draft(self.people[0], self.week[:1])
		day.submit()
		with self.assertRaises(InvalidDays):
			first.reload().save()
		day.cancel()
		self.assertEqual(applied(self.people[0], self.week[:1]).status, "Pending Approval")

	def test_what_is_booked_on_it_is_given_back_and_says_why(self):
		approved, pending = self.approved(0, self.week[:2]), self.applied(1)
		elsewhere = applied(
			eligible(reports_to=self.boss, department=make_unit("Bidang Tanpa Apel")), self.week[:1]
		)
		day = self.declare()
		self.assertEqual(self.state(approved), ("Approved", [("Released", None), ("Approved", True)]))
		self.assertEqual(self.state(pending), ("Expired", [("Released", None)]))
		self.assertEqual(self.state(elsewhere), ("Pending Approval", [("Pending", True)]))
		reason = f"Superseded by MKD Office Day {day.name}"
		self.assertEqual(days_of(approved)[0].release_reason, reason)
		comments = frappe.get_all("Comment", {"reference_name": pending.name}, pluck="content")
		self.assertIn(f"{reason}: {self.week[0]:%d-%m-%Y}", comments)
		self.assertIn("takes precedence", self.told())

	def test_a_worker_finds_only_what_still_holds(self):
		request = self.applied(0)
		day = self.declare(submit=False)
		tasks.give_way_to_office_day(name_of=day.name)
		self.assertEqual(self.state(request)[0], "Pending Approval")
		frappe.db.set_value(OFFICE_DAY, day.name, "docstatus", 1)
		tasks.give_way_to_office_day(name_of=day.name)
		self.assertEqual(self.state(request)[0], "Expired")

	def test_what_is_over_stays(self):
		request = self.approved(0)
		past = getdate() - timedelta(days=1)
		frappe.db.set_value(DAY, {"source_name": request.name}, "mkd_date", past)
		self.declare(from_date=past - timedelta(days=7))
		self.assertEqual(self.state(request), ("Approved", [("Approved", True)]))

	def test_it_says_who_stays_and_has_a_day(self):
		for values, said in (
			({"department": None, "company": None}, "Name the unit or the company"),
			({"weekday": "Sunday", "to_date": self.week[4]}, "There is no Sunday between these dates"),
			({"to_date": self.week[0] - timedelta(days=1)}, "To"),
			({"to_date": self.week[0] + timedelta(days=400)}, "at most 366 days at once"),
		):
			with self.assertRaisesRegex(frappe.ValidationError, said):
				self.declare(**values)
