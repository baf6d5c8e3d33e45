"""One person, several Employee records: rehired, transferred, with another superior. One quota, one who decides."""

import frappe

from mkd_hrms.constants import DAY
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.day_case import at
from mkd_hrms.tests.support.factories import act, applied, draft, superior
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.world import ANALYST, TODAY, holiday_list, other_company

NIP = "199001012015031001"


class TestOneQuota(RecheckCase):
	def setUp(self):
		super().setUp()
		frappe.db.set_value(
			"Company",
			other_company(),
			"default_holiday_list",
			holiday_list(TODAY.year),
			# Whoever is in no company is put into the one that was changed last.
			update_modified=False,
		)
		frappe.db.set_value("Employee", {"mkd_nip": NIP}, "mkd_nip", None)
		frappe.db.delete(DAY, {"person": NIP})

	def leaver(self, days=WEEK[:2]):
		"""Somebody with days before and after his last one, Tuesday."""
		employee = self.person(mkd_nip=NIP)
		employee.request = self.approve(employee, days)
		self.change(employee, status="Left", relieving_date=WEEK[1])
		return employee

	def test_a_rehired_person_goes_on_with_the_week_of_his_old_record(self):
		old = self.leaver([*WEEK[:2], WEEK[4]])
		self.assertEqual(self.states(old), ["Suspended", "Suspended", "Released"])
		again = self.person(mkd_nip=NIP)
		# Friday went back to the week, Monday and Tuesday did not.
		self.assertRaises(QuotaExceeded, applied, again, WEEK[2:5])
		self.assertRaises(InvalidDays, draft, again, WEEK[:1])
		self.approve(again, WEEK[2:4])
		self.assertEqual({day.slot for day in self.days(again)}, {3, 4})

	def test_a_transfer_to_another_company_keeps_one_quota(self):
		employee = self.person(mkd_nip=NIP)
		self.approve(employee, WEEK[:4])
		self.assertEqual(self.transfer(employee).mkd_nip, NIP)

	def test_so_does_one_of_somebody_without_a_nip(self):
		employee = self.person()
		self.approve(employee, WEEK[:4])
		self.transfer(employee)

	def transfer(self, employee):
		"""On Tuesday, to a new record in another company: the two days that have begun stay used, the others go back."""
		with at(WEEK[1], 12):
			values = {"transfer_date": WEEK[1], "create_new_employee_id": 1, "new_company": other_company()}
			row = {"property": "Designation", "fieldname": "designation", "current": ANALYST, "new": ANALYST}
			doc = frappe.get_doc({"doctype": "Employee Transfer", "employee": employee.name, **values})
			doc.append("transfer_details", row)
			doc.insert().submit()
			self.settle()
			self.assertEqual(self.states(employee), ["Approved"] * 2 + ["Released"] * 2)
			new = frappe.get_doc("Employee", doc.new_employee_id)
			self.assertEqual(new.company, other_company())
			# He serves there from Tuesday on: four working days, one of them in the office, and two are used.
			self.assertRaises(QuotaExceeded, draft, new, WEEK[2:4])
			draft(new, WEEK[2:3])
		return new


class TestNewSuperior(RecheckCase):
	def test_what_waits_for_a_decision_moves_to_the_new_superior(self):
		old, new = superior(today=TODAY), superior(today=TODAY)
		employee = self.person(reports_to=old)
		request = applied(employee, WEEK[:1])
		asked = {"doctype": "ToDo", "reference_type": "MKD Request", "reference_name": request.name}
		todo = frappe.get_doc({**asked, "allocated_to": old.user_id, "description": "Masih perlu?"}).insert()
		own = frappe.get_doc(
			{**asked, "allocated_to": employee.user_id, "description": "Masih perlu?"}
		).insert()
		self.change(employee, reports_to=new.name)
		self.assertEqual(frappe.db.get_value("MKD Request", request.name, "approver"), new.user_id)
		self.assertEqual(frappe.db.get_value("ToDo", todo.name, "allocated_to"), new.user_id)
		self.assertEqual(frappe.db.get_value("ToDo", own.name, "allocated_to"), employee.user_id)
		self.assertRaises(frappe.PermissionError, act, request, "Approve", old.user_id)
		self.assertEqual(act(request, "Approve", new.user_id).status, "Approved")

	def test_an_absence_that_waits_for_its_confirmation_as_well(self):
		old, new = superior(today=TODAY), superior(today=TODAY)
		employee = self.approved(WEEK[:1], reports_to=old)
		(day,) = self.days(employee)
		frappe.db.set_value(DAY, day.name, "absence_proposed", 1)
		asked = {"doctype": "ToDo", "reference_type": DAY, "reference_name": day.name}
		todo = frappe.get_doc({**asked, "allocated_to": old.user_id, "description": "Tidak hadir?"}).insert()
		self.change(employee, reports_to=new.name)
		self.assertEqual(frappe.db.get_value("ToDo", todo.name, "allocated_to"), new.user_id)
		self.change(employee, reports_to=None)
		self.assertEqual(frappe.db.get_value("ToDo", todo.name, "status"), "Closed")
