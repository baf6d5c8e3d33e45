"""Who becomes an approver, whose number is whose, and who sees which records."""

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import (
	APPROVER,
	DAY,
	DENIED,
	ELIGIBILITY,
	HR_MANAGER,
	HR_USER,
	OFFICER,
	REQUEST,
	SELF_SERVICE,
)
from mkd_hrms.setup import roles
from mkd_hrms.tests.support.people import UNLIMITED, acting_as, make_employee, make_user, store_row


def is_approver(user):
	return bool(frappe.db.exists("Has Role", {"parent": user, "parenttype": "User", "role": APPROVER}))


class TestApproverRole(FrappeTestCase):
	def test_whoever_gets_his_first_report_gets_the_role(self):
		superior = make_employee(with_user=True)
		self.assertFalse(is_approver(superior.user_id))
		make_employee(reports_to=superior.name)
		self.assertTrue(is_approver(superior.user_id))

	def test_a_change_of_superior_gives_the_role_to_the_new_one_and_takes_it_from_nobody(self):
		old, new = make_employee(with_user=True), make_employee(with_user=True)
		report = make_employee(reports_to=old.name)
		report.reload()
		report.reports_to = new.name
		report.save()
		self.assertTrue(is_approver(new.user_id))
		self.assertTrue(is_approver(old.user_id))

	def test_a_user_who_is_linked_later_gets_the_role(self):
		superior = make_employee()
		make_employee(reports_to=superior.name)
		superior.reload()
		superior.user_id = make_user("Employee")
		superior.save()
		self.assertTrue(is_approver(superior.user_id))

	def test_the_role_survives_a_role_profile(self):
		superior = make_employee(with_user=True)
		make_employee(reports_to=superior.name)
		profile = frappe.get_doc({"doctype": "Role Profile", "role_profile": frappe.generate_hash(length=8)})
		profile.append("roles", {"role": "Employee"})
		profile.insert()
		user = frappe.get_doc("User", superior.user_id)
		user.role_profile_name = profile.name
		user.save()
		self.assertTrue(is_approver(superior.user_id))

	def test_a_superior_without_active_reports_gets_no_role(self):
		superior = make_employee(with_user=True)
		make_employee(reports_to=superior.name, status="Left", relieving_date="2025-01-01")
		frappe.get_doc("User", superior.user_id).save()
		self.assertFalse(is_approver(superior.user_id))

	def test_the_head_of_a_unit_gets_the_role(self):
		head, unit = make_user("Employee"), frappe.new_doc("Department")
		unit.update({"department_name": frappe.generate_hash(length=8)})
		unit.update({"company": frappe.db.get_value("Company", {}, "name")})
		unit.insert()
		unit.append("leave_approvers", {"approver": head})
		unit.save()
		self.assertTrue(is_approver(head))
		frappe.db.delete("Has Role", {"parent": head, "role": APPROVER})
		self.assertIn(head, roles.deciders_without_role())
		frappe.get_doc("User", head).save()
		self.assertTrue(is_approver(head))

	def test_installing_gives_the_role_to_all_superiors_at_once(self):
		superior = make_employee(with_user=True)
		make_employee(reports_to=superior.name)
		frappe.db.delete("Has Role", {"parent": superior.user_id, "role": APPROVER})
		self.assertIn(superior.user_id, roles.deciders_without_role())
		roles.grant_to_deciders()
		self.assertEqual(roles.deciders_without_role(), [])
		self.assertIn(APPROVER, frappe.get_roles(superior.user_id))


class TestNIP(FrappeTestCase):
	NIP = "199001012020011001"

	def test_it_has_eighteen_digits(self):
		for wrong in ("19900101202001100", "1990010120200110011", "19900101 202001100", "19900101202001100A"):
			with self.subTest(wrong), self.assertRaisesRegex(frappe.ValidationError, "18 digits"):
				make_employee(mkd_nip=wrong)

	def test_blanks_around_it_are_dropped_and_an_empty_one_is_none(self):
		self.assertEqual(make_employee(mkd_nip=" 199001012020011009 ").mkd_nip, "199001012020011009")
		self.assertIsNone(make_employee(mkd_nip="").mkd_nip)

	def test_two_active_employees_cannot_share_it(self):
		first = make_employee(mkd_nip="199001012020011002")
		with self.assertRaisesRegex(frappe.ValidationError, first.employee_name):
			make_employee(mkd_nip="199001012020011002")

	def test_a_rehired_person_keeps_it(self):
		make_employee(mkd_nip=self.NIP, status="Left", relieving_date="2025-01-01")
		self.assertEqual(make_employee(mkd_nip=self.NIP).mkd_nip, self.NIP)


class TestVisibility(FrappeTestCase):
	"""What is hidden from a colleague or a stranger is hidden by our own conditions, whatever User Permissions say."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.head = make_employee(with_user=True)
		cls.superior = make_employee(with_user=True, reports_to=cls.head.name)
		cls.person = make_employee(with_user=True, reports_to=cls.superior.name)
		cls.colleague = make_employee(with_user=True, reports_to=cls.superior.name, **UNLIMITED)
		cls.stranger = make_employee(with_user=True, **UNLIMITED)
		make_employee(reports_to=cls.stranger.name)
		cls.approver = make_user(APPROVER)
		cls.request = store_row(REQUEST, cls.person.name, approver=cls.approver)
		cls.day = store_row(DAY, cls.person.name, mkd_date="2026-11-25", status="Approved")
		cls.standing = store_row(ELIGIBILITY, cls.person.name)

	def sees(self, user, row, ptype="read"):
		"""The list and the form must agree."""
		with acting_as(user):
			listed = bool(frappe.get_list(row.doctype, filters={"name": row.name}))
			opened = bool(frappe.has_permission(row.doctype, ptype, frappe.get_doc(row.doctype, row.name)))
		self.assertEqual(listed, opened)
		return opened

	def test_the_employee_and_everybody_above_him_see_his_records(self):
		for row in (self.request, self.day):
			for employee in (self.person, self.superior, self.head):
				self.assertTrue(self.sees(employee.user_id, row), (row.doctype, employee.name))

	def test_a_standing_with_its_findings_is_for_the_employee_alone(self):
		self.assertTrue(self.sees(self.person.user_id, self.standing))
		for employee in (self.superior, self.head):
			self.assertFalse(self.sees(employee.user_id, self.standing), employee.name)

	def test_colleagues_and_other_superiors_see_nothing(self):
		for row in (self.request, self.day, self.standing):
			for employee in (self.colleague, self.stranger):
				self.assertFalse(self.sees(employee.user_id, row), (row.doctype, employee.name))

	def test_the_approver_sees_the_request_but_not_the_standing(self):
		self.assertTrue(self.sees(self.approver, self.request))
		self.assertFalse(self.sees(self.approver, self.day))
		self.assertFalse(self.sees(self.approver, self.standing))

	def test_hr_sees_everything(self):
		for role in (HR_USER, HR_MANAGER, OFFICER, "System Manager"):
			user = make_user(role)
			for row in (self.request, self.day, self.standing):
				self.assertTrue(self.sees(user, row), (role, row.doctype))

	def test_a_superior_without_the_role_sees_only_himself(self):
		frappe.db.delete("Has Role", {"parent": self.head.user_id, "role": APPROVER})
		frappe.clear_cache(user=self.head.user_id)
		self.assertFalse(self.sees(self.head.user_id, self.day))
		roles.grant_to_deciders()
		self.assertTrue(self.sees(self.head.user_id, self.day))

	def test_a_user_without_an_employee_sees_nothing(self):
		self.assertFalse(self.sees(make_user(APPROVER), self.day))

	def may(self, user, ptype):
		document = frappe.get_doc(REQUEST, self.request.name)
		return bool(frappe.has_permission(REQUEST, ptype, document, user=user))

	def test_only_the_approver_and_hr_decide(self):
		self.assertTrue(self.may(self.approver, "submit"))
		self.assertFalse(self.may(self.superior.user_id, "submit"))
		self.assertFalse(self.may(self.person.user_id, "cancel"))
		self.assertFalse(self.may(make_user(HR_USER), "submit"))
		self.assertTrue(self.may(make_user(HR_MANAGER), "submit"))

	def test_the_employee_deletes_his_draft_and_nothing_else(self):
		self.assertTrue(self.may(self.person.user_id, "delete"))
		self.assertFalse(self.may(self.approver, "delete"))
		frappe.db.set_value(REQUEST, self.request.name, "status", DENIED)
		self.assertFalse(self.may(self.person.user_id, "delete"))
		frappe.db.set_value(REQUEST, self.request.name, "status", "Draft")

	def test_findings_are_for_hr(self):
		for doctype in (REQUEST, ELIGIBILITY):
			meta = frappe.get_meta(doctype)
			with acting_as(self.superior.user_id):
				self.assertNotIn(1, meta.get_permlevel_access("read"))
			with acting_as(make_user(HR_USER)):
				self.assertIn(1, meta.get_permlevel_access("read"))

	def test_the_search_of_the_desk_does_not_list_people(self):
		for doctype in (REQUEST, DAY, ELIGIBILITY):
			self.assertEqual(frappe.get_meta(doctype).get_global_search_fields(), [])

	def test_a_self_service_user_applies_and_reads_what_is_his(self):
		employee = make_employee()
		user = make_user()
		employee.reload()
		employee.update({"user_id": user, "create_user_permission": 1})
		employee.save()
		account = frappe.get_doc("User", user)
		account.user_type = SELF_SERVICE
		account.save()
		self.assertIn(SELF_SERVICE, frappe.get_roles(user))
		self.assertTrue(frappe.has_permission(REQUEST, "create", user=user))
		self.assertTrue(self.sees(user, store_row(DAY, employee.name, status="Approved")))
		self.assertFalse(self.sees(user, self.day))

	def test_nobody_writes_the_ledger_or_a_standing(self):
		for user in (self.person.user_id, make_user(HR_MANAGER), make_user(OFFICER)):
			for doctype in (DAY, ELIGIBILITY):
				for ptype in ("create", "write", "delete"):
					self.assertFalse(frappe.has_permission(doctype, ptype, user=user), (doctype, ptype))

	def test_a_hostile_user_name_stays_a_value(self):
		from mkd_hrms.permissions.requests import visible_requests

		with acting_as(self.person.user_id):
			condition = visible_requests("x' or 1=1 -- \\", doctype=REQUEST)
		self.assertFalse(frappe.db.sql(f"select 1 from `tab{REQUEST}` where {condition}"))
