"""Records are merged, deleted, transferred back and cleared by those who do it, each with the rights of his role."""

import json

import frappe
from frappe.utils import getdate

from mkd_hrms.audit.asking import violations
from mkd_hrms.constants import DAY, ELIGIBILITY, REQUEST
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.services.evaluation import after_changes
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	days_of,
	head,
	open_house,
	person,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import UNLIMITED, make_employee, store_row
from mkd_hrms.tests.support.world import ANALYST, COMPANY, COUNTER, empty_company

setUpModule = open_house

NIP, OTHER_NIP, THIRD_NIP = "199002022016022088", "199103032017033089", "199204042018044090"
RENAME, DIALOG = "frappe.client.rename_doc", "frappe.model.rename_doc.update_document_title"
CLEARING = "Transaction Deletion Record"


class TestRenames(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.hr, cls.manager = browser(user_with("HR Manager")), browser(user_with("System Manager"))
		cls.addClassCleanup(frappe.db.commit)
		numbered = {"mkd_nip": ("in", (NIP, OTHER_NIP, THIRD_NIP))}
		cls.addClassCleanup(frappe.db.set_value, "Employee", numbered, "mkd_nip", None)

	def merge(self, doctype, old, new, client=None):
		return (client or self.hr).call(RENAME, doctype=doctype, old_name=old, new_name=new, merge=1)

	def sound(self, *employees):
		frappe.db.rollback()
		after_changes.evaluate_again()
		frappe.db.rollback()
		self.assertEqual(violations([employee.name for employee in employees]), {})

	def test_hr_merges_two_records_in_the_dialog_and_the_days_are_one_persons(self):
		old, new = subordinate(mkd_nip=NIP), subordinate()
		self.approved(old, week()[:2])
		waiting = self.applied(new, week()[2:3])
		self.ok(self.hr.call(DIALOG, doctype="Employee", docname=old.name, name=new.name, merge=1))
		self.assertFalse(frappe.db.exists("Employee", old.name))
		self.assertEqual([day.person for day in days_of(waiting)], [NIP])
		self.refused(browser(new.user_id).insert(self.asked(new, week()[:1])), "MKD-REQ")
		self.sound(new)

	def asked(self, employee, days):
		doc = {"doctype": REQUEST, "employee": employee.name, "request_type": "Dates", "reason": "Naskah"}
		doc |= {"dates": [{"mkd_date": str(day)} for day in days], "place": "Registered Residence"}
		return doc | {"has_computer": "Yes", "has_internet": "Yes"}

	def test_why_two_records_stay_two_is_told_to_hr_and_not_to_a_colleague(self):
		old, new = person(mkd_nip=OTHER_NIP), person(mkd_nip=THIRD_NIP)
		self.refused(self.merge("Employee", old.name, new.name), OTHER_NIP, THIRD_NIP, "two people")
		colleague = subordinate()
		answer = self.merge("Employee", old.name, new.name, browser(colleague.user_id))
		self.assertEqual(answer.status_code, 403, answer.text[:500])
		for secret in (OTHER_NIP, THIRD_NIP):
			self.assertNotIn(secret, answer.text)

	def test_a_mistaken_record_goes_and_one_of_whom_something_is_on_record_stays(self):
		mistaken, known = make_employee(company=COMPANY), subordinate()
		store_row(ELIGIBILITY, mistaken.name, company=COMPANY)
		frappe.db.commit()
		self.ok(self.hr.delete(f"/api/resource/Employee/{mistaken.name}"))
		self.refused(
			self.hr.delete(f"/api/resource/Employee/{known.name}"), known.name, "stays on record", "Left"
		)
		frappe.db.rollback()
		self.assertFalse(frappe.db.exists("Employee", mistaken.name))
		self.assertFalse(frappe.db.exists(ELIGIBILITY, {"employee": mistaken.name}))
		self.assertTrue(frappe.db.exists("Employee", known.name))

	def test_units_and_designations_of_other_verdicts_are_not_merged(self):
		units = [self.department(mark) for mark in ("Yes", "No")]
		self.refused(self.merge("Department", *units), "rule E5", *units)
		# The masters of HR are kept by another role than its people.
		keeper = browser(user_with("HR User"))
		self.refused(self.merge("Designation", ANALYST, COUNTER, keeper), "rule E4")
		self.refused(self.merge("Department", *units, browser(head().user_id)))
		for name in units:
			self.assertTrue(frappe.db.exists("Department", name))

	def department(self, mark):
		doc = {"doctype": "Department", "department_name": f"Loket {mark} {frappe.generate_hash(length=4)}"}
		doc |= {"company": COMPANY, "mkd_public_service": mark}
		name = frappe.get_doc(doc).insert().name
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.delete_doc, "Department", name)
		return name

	def test_a_transfer_is_taken_back_by_who_submitted_it(self):
		# Where ERPNext gives a User Permission with each record, only a System Manager may transfer.
		old = subordinate(**UNLIMITED)
		self.approved(old, week()[:2])
		row = {"property": "Designation", "fieldname": "designation", "current": ANALYST, "new": ANALYST}
		doc = {"doctype": "Employee Transfer", "employee": old.name, "transfer_date": str(getdate())}
		doc |= {"create_new_employee_id": 1, "transfer_details": [row]}
		doc = self.ok(self.hr.insert(doc))
		doc = self.ok(self.hr.call("frappe.client.submit", doc=json.dumps(doc)))
		new = doc["new_employee_id"]
		cancel = {"doctype": "Employee Transfer", "name": doc["name"]}
		self.refused(self.hr.call("frappe.client.cancel", **cancel), new)
		self.ok(self.hr.delete(f"/api/resource/Employee/{new}"))
		self.ok(self.hr.call("frappe.client.cancel", **cancel))
		frappe.db.rollback()
		old.reload()
		self.assertEqual((old.status, old.relieving_date), ("Active", None))
		self.sound(old)

	def test_a_system_manager_clears_a_company_and_what_was_decided_in_it_stays(self):
		company = empty_company()
		employee = person(company=company, department=None)
		values = {"company": company, "mkd_date": week()[0], "iso_week": iso_week(week()[0])}
		day = store_row(DAY, employee.name, status="Released", **values)
		# Clearing saves the company: whoever is in none would be put into it.
		oldest = {"update_modified": False}
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, "Company", company, "modified", "2000-01-01", **oldest)
		frappe.db.commit()
		values = {"company": company, "process_in_single_transaction": 1}
		self.refused(self.hr.insert({"doctype": CLEARING, **values}))
		doc = self.ok(self.manager.insert({"doctype": CLEARING, **values}))
		doc = self.ok(self.manager.call("frappe.client.submit", doc=json.dumps(doc)))
		answer = self.manager.call(
			"run_doc_method", dt=CLEARING, dn=doc["name"], method="start_deletion_tasks"
		)
		self.ok(answer)
		frappe.db.rollback()
		found = frappe.db.get_value(CLEARING, doc["name"], ["status", "error_log"])
		self.assertEqual(found, ("Completed", None))
		self.assertTrue(frappe.db.exists(DAY, day.name))
		self.sound(employee)
