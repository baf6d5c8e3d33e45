"""Employee records that are joined, renamed, deleted, transferred and transferred back: one person, one quota, one standing."""

import frappe

from mkd_hrms.audit.asking import violations
from mkd_hrms.constants import DAY, EARLY_WARNING, ELIGIBILITY, REQUEST
from mkd_hrms.services.ledger.booking import DayTaken, QuotaExceeded
from mkd_hrms.tests.support.day_case import at
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user, store_row
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.world import ANALYST, other_company

NIP, OTHER_NIP = "199002022016022002", "199103032017033003"


class RenameCase(RecheckCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.hr = make_user("HR Manager", "HR User")
		frappe.db.commit()

	def setUp(self):
		super().setUp()
		frappe.db.set_value("Employee", {"mkd_nip": ("in", (NIP, OTHER_NIP))}, "mkd_nip", None)
		frappe.db.delete(DAY, {"person": ("in", (NIP, OTHER_NIP))})
		frappe.db.commit()

	def merge(self, old, new):
		with acting_as(self.hr):
			frappe.rename_doc("Employee", old.name, new.name, merge=True)

	def refused(self, error, old, new, *words):
		"""Nothing is written: neither a day nor a standing has changed."""
		before = self.written(old, new)
		with self.assertRaises(error) as caught:
			self.merge(old, new)
		for word in words:
			self.assertIn(str(word), frappe.utils.strip_html(str(caught.exception)))
		self.assertEqual(self.written(old, new), before)

	def written(self, *employees):
		names = [employee.name for employee in employees]
		days = frappe.get_all(
			DAY, {"employee": ("in", names)}, ["name", "person", "slot", "employee"], order_by="name"
		)
		return days, frappe.get_all(ELIGIBILITY, {"employee": ("in", names)}, pluck="name", order_by="name")

	def persons(self, employee):
		return {day.person for day in self.days(employee)}

	def assert_sound(self, *employees):
		self.settle()
		self.assertEqual(violations([employee.name for employee in employees]), {})


class TestMerge(RenameCase):
	def test_two_records_become_one_person(self):
		old, new = self.person(mkd_nip=NIP), self.person()
		self.approve(old, WEEK[:2])
		self.approve(new, WEEK[2:3])
		waiting = applied(old, WEEK[3:4])
		self.settle()
		for employee in (old, new):
			store_row(
				EARLY_WARNING, employee.name, status="Open", gate="Absences", open_threshold="Absences 2"
			)
		self.merge(old, new)
		self.assertFalse(frappe.db.exists("Employee", old.name))
		self.assertFalse(frappe.db.exists(ELIGIBILITY, {"employee": old.name}))
		self.assertEqual(frappe.db.get_value("Employee", new.name, "mkd_nip"), NIP)
		self.assertEqual(self.persons(new), {NIP})
		self.assertEqual(sorted(day.slot for day in self.days(new)), [1, 2, 3, 4])
		self.assertEqual({day.employee_name for day in self.days(new)}, {new.employee_name})
		stored = frappe.db.get_value(REQUEST, waiting.name, ["employee_user", "approver"])
		self.assertEqual(stored, (new.user_id, self.boss.user_id))
		self.assertRaises(QuotaExceeded, applied, new, WEEK[4:5])
		self.assert_sound(new)

	def test_reports_go_to_the_record_that_stays(self):
		old, new = self.person(), self.person()
		report = self.person(reports_to=old)
		request = applied(report, WEEK[:1])
		self.merge(old, new)
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "approver"), new.user_id)
		places = {
			employee.name: frappe.db.get_value("Employee", employee.name, ["lft", "rgt"])
			for employee in (new, report)
		}
		self.assertLess(places[new.name][0], places[report.name][0])
		self.assertGreater(places[new.name][1], places[report.name][1])

	def test_days_that_do_not_fit_into_the_week_are_named(self):
		old, new = self.person(), self.person()
		requests = [self.approve(old, WEEK[:3]), self.approve(new, WEEK[3:5])]
		self.settle()
		self.refused(QuotaExceeded, old, new, new.employee_name, "2026-W50", *requests, "Withdraw 1")

	def test_so_is_a_date_used_twice(self):
		old, new = self.person(), self.person()
		requests = [self.approve(old, WEEK[:1]), self.approve(new, WEEK[:1])]
		self.settle()
		self.refused(DayTaken, old, new, new.employee_name, *requests)

	def test_two_nips_are_two_people(self):
		old, new = self.person(mkd_nip=NIP), self.person(mkd_nip=OTHER_NIP)
		self.refused(frappe.ValidationError, old, new, NIP, OTHER_NIP)

	def test_so_are_two_of_whom_one_decides_about_the_other(self):
		decided, waits = self.person(), self.person()
		request, waiting = self.approve(decided, WEEK[:1]), applied(waits, WEEK[:1])
		self.refused(frappe.ValidationError, decided, self.boss, "reports to")
		frappe.db.set_value("Employee", {"name": ("in", (decided.name, waits.name))}, "reports_to", None)
		self.refused(frappe.ValidationError, decided, self.boss, request, self.boss.user_id)
		self.refused(frappe.ValidationError, self.boss, decided, request)
		self.refused(frappe.ValidationError, waits, self.boss, waiting.name)


class TestOtherNames(RenameCase):
	def test_days_through_two_records_share_the_week_once_the_nip_is_known(self):
		first, second = self.person(), self.person()
		self.approve(first, WEEK[:2])
		self.approve(second, WEEK[2:4])
		self.change(first, mkd_nip=NIP, status="Left", relieving_date=WEEK[2])
		self.change(second, mkd_nip=NIP)
		used = [day for day in (*self.days(first), *self.days(second)) if day.person]
		self.assertEqual({day.person for day in used}, {NIP})
		self.assertEqual(sorted(day.slot for day in used), [1, 2, 3, 4])
		self.assert_sound(first, second)

	def test_what_a_transfer_brought_follows_every_new_name(self):
		old = self.person()
		self.approve(old, WEEK[:4])
		with at(WEEK[1], 12):
			new = frappe.get_doc("Employee", self.transfer(old).new_employee_id)
			self.settle()
			self.assertEqual(self.persons(old), {new.name, None})
			renamed = frappe.rename_doc("Employee", new.name, f"{new.name}-X")
			self.assertEqual(self.persons(old), {renamed, None})
			new = frappe.get_doc("Employee", renamed)
			self.assert_sound(old, new)
			self.change(new, mkd_nip=NIP)
			self.assertEqual(self.persons(old), {NIP, None})
			self.assert_sound(old, new)

	def test_a_transfer_that_is_undone_gives_the_days_back(self):
		old = self.person()
		self.approve(old, WEEK[:2])
		with at(WEEK[1], 12):
			transfer = self.transfer(old)
			self.settle()
			self.assertEqual(self.persons(old), {transfer.new_employee_id})
			# The platform keeps a record that a User Permission names.
			given = {"allow": "Employee", "for_value": transfer.new_employee_id}
			for name in frappe.get_all("User Permission", given, pluck="name"):
				frappe.delete_doc("User Permission", name)
			frappe.delete_doc("Employee", transfer.new_employee_id)
			transfer.reload()
			transfer.cancel()
			self.assertEqual(self.persons(old), {old.name})
			self.assertEqual(frappe.db.get_value("Employee", old.name, "status"), "Active")
			self.assert_sound(old)

	def transfer(self, employee):
		values = {"transfer_date": WEEK[1], "create_new_employee_id": 1, "new_company": other_company()}
		row = {"property": "Designation", "fieldname": "designation", "current": ANALYST, "new": ANALYST}
		doc = frappe.get_doc({"doctype": "Employee Transfer", "employee": employee.name, **values})
		doc.append("transfer_details", row)
		doc.insert().submit()
		return doc


class TestDeletion(RenameCase):
	def delete(self, employee):
		with acting_as(self.hr):
			frappe.delete_doc("Employee", employee.name)

	def test_a_mistaken_record_goes_with_what_the_evaluation_found(self):
		employee = make_employee(company=self.employee.company)
		self.settle()
		self.assertTrue(frappe.db.exists(ELIGIBILITY, employee.name))
		store_row(EARLY_WARNING, employee.name, status="Open", gate="Absences")
		self.delete(employee)
		self.assertFalse(frappe.db.exists("Employee", employee.name))
		for doctype in (ELIGIBILITY, EARLY_WARNING):
			self.assertFalse(frappe.db.exists(doctype, {"employee": employee.name}), doctype)

	def test_whoever_is_on_record_stays(self):
		employee = make_employee(company=self.employee.company)
		record = store_row(REQUEST, employee.name)
		with self.assertRaises(frappe.LinkExistsError) as caught:
			self.delete(employee)
		for word in (record.name, employee.name, "Left"):
			self.assertIn(word, str(caught.exception))
