"""The list and the document open for the same people, whatever User Permissions they have; nobody else's links decide."""

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms import permissions
from mkd_hrms.constants import (
	AGREEMENT,
	APPROVER,
	DAILY_REPORT,
	DAY,
	DAY_REASON,
	DAY_SWAP,
	DECISION_RECORD,
	DISCIPLINE_RECORD,
	EARLY_WARNING,
	ELIGIBILITY,
	GATE_DECISION,
	HR_MANAGER,
	HR_USER,
	MODULE,
	OBJECTION,
	OFFICER,
	PERFORMANCE_RECORD,
	PLACE_HINT,
	REQUEST,
	RETENTION_RUN,
	SUSPENSION,
	TALENT_RECORD,
	WAITING_PLACE,
	WARNING,
)
from mkd_hrms.services.people import hr
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user, store_row
from mkd_hrms.tests.support.world import COMPANY, OFFICE, SERVICE, SERVICE_BACK_OFFICE, other_company, unit

# What a superior sees, what only the employee and HR see, and what HR alone keeps.
SHOWN = (REQUEST, DAILY_REPORT, DAY, PLACE_HINT, WAITING_PLACE, DAY_SWAP)
OWN = (ELIGIBILITY, EARLY_WARNING, AGREEMENT, SUSPENSION, WARNING, OBJECTION)
KEPT = (GATE_DECISION, PERFORMANCE_RECORD, TALENT_RECORD, DISCIPLINE_RECORD, DECISION_RECORD, DAY_REASON)
EVERYTHING = {*SHOWN, *OWN, *KEPT}
LIMITED = "User Permission"


class DoorsCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		# Where it is missing, making it commits.
		other_company()
		cls.employee = make_employee(with_user=True, department=unit(SERVICE_BACK_OFFICE))
		cls.rows = {}
		for doctype in (*SHOWN, *OWN, *KEPT):
			cls.rows[doctype] = cls.row_about(doctype, cls.employee)

	@classmethod
	def row_about(cls, doctype, employee, **values):
		about = {"department": employee.department, "company": employee.company, "docstatus": 1}
		return store_row(doctype, employee.name, **{**about, "employee_user": employee.user_id, **values})

	def setUp(self):
		frappe.db.savepoint("doors")

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="doors")
		frappe.clear_document_cache("Employee", self.employee.name)

	def sees(self, user, row):
		"""The list and the document must agree."""
		with acting_as(user):
			readable = frappe.has_permission(row.doctype)
			listed = bool(readable and frappe.get_list(row.doctype, filters={"name": row.name}))
			stored = frappe.get_doc(row.doctype, row.name)
			opened = bool(frappe.has_permission(row.doctype, "read", stored))
		self.assertEqual(listed, opened, (row.doctype, user))
		return opened

	def seen(self, user):
		"""Which of the records about the employee a user sees."""
		return {doctype for doctype, row in self.rows.items() if self.sees(user, row)}

	def limited(self, user, allow, value, **values):
		frappe.get_doc(
			{"doctype": LIMITED, "user": user, "allow": allow, "for_value": value, **values}
		).insert()
		return user

	def heads(self, department, *users):
		"""Make users the leave approvers of a unit, for this test."""
		doc = frappe.get_doc("Department", department)
		doc.set("leave_approvers", [{"approver": user} for user in users])
		doc.save(ignore_permissions=True)

	def hr(self):
		return make_user(HR_MANAGER)


class TestTheLinks(FrappeTestCase):
	def test_whatever_names_an_employee_is_ours_to_show(self):
		"""A record that names an employee and is left to the platform would be hidden from who decides about him."""
		links = {"fieldname": "employee", "fieldtype": "Link", "options": "Employee"}
		naming = set(frappe.get_all("DocField", links, pluck="parent"))
		ours = naming & set(frappe.get_all("DocType", {"module": MODULE, "istable": 0}, pluck="name"))
		self.assertIn(DAY, ours)
		self.assertEqual(ours - set(permissions.RULES), set())
		self.assertEqual(ours - set(permissions.CONDITIONS), set())

	def test_no_link_of_theirs_is_a_matter_of_user_permissions(self):
		"""Of ours; a list of the platform that shows something of ours narrows its own links as the platform does."""
		for meta in map(frappe.get_meta, sorted(permissions.RULES)):
			if meta.module != MODULE:
				continue
			for each in (meta, *(frappe.get_meta(table.options) for table in meta.get_table_fields())):
				asked = [df.fieldname for df in each.get_link_fields() if not df.ignore_user_permissions]
				self.assertEqual((each.name, asked), (each.name, []))

	def test_the_hooks_name_them_all(self):
		for hook, table in (
			("has_permission", permissions.RULES),
			("permission_query_conditions", permissions.CONDITIONS),
		):
			named = frappe.get_hooks(hook, app_name="mkd_hrms")
			self.assertEqual(set(named), set(table), hook)


class TestTheAnswer(DoorsCase):
	def test_every_rule_answers_true_or_false_whoever_asks_for_what(self):
		"""Frappe 16 takes nothing else for leave."""
		prepared = frappe.get_doc(
			{"doctype": "Prepared Report", "report_name": "MKD Over Limit", "owner": "x"}
		)
		retention = self.row_about(
			RETENTION_RUN, frappe._dict(name=None, department=None, company=None, user_id=None)
		)
		rows = {doctype: frappe.new_doc(doctype) for doctype in permissions.RULES}
		rows |= {**self.rows, prepared.doctype: prepared, RETENTION_RUN: retention}
		users = (self.employee.user_id, make_user(), make_user(APPROVER), self.hr(), "Administrator", "Guest")
		for doctype, row in rows.items():
			for user in users:
				for ptype in ("read", "write", "create", "submit", "delete", None):
					with self.subTest(doctype, user=user, ptype=ptype):
						self.assertIsInstance(permissions.RULES[doctype](row, ptype, user), bool)
				self.assertIsInstance(permissions.may(row, "read", user), bool)


class TestWhoStandsAbove(DoorsCase):
	def test_the_employee_sees_what_is_his(self):
		self.assertEqual(self.seen(self.employee.user_id), {*SHOWN, *OWN})

	def test_the_head_of_the_unit_sees_what_a_superior_sees(self):
		head, second = (make_employee(with_user=True) for _each in range(2))
		self.heads(unit(SERVICE_BACK_OFFICE), head.user_id, second.user_id)
		self.assertEqual(self.seen(head.user_id), set(SHOWN))
		self.assertEqual(self.seen(second.user_id), set())

	def test_a_head_further_up_where_the_unit_has_none(self):
		above = make_employee(with_user=True, company=other_company())
		self.heads(unit(SERVICE), above.user_id)
		self.assertEqual(self.seen(above.user_id), set(SHOWN))
		nearer = make_user()
		self.heads(unit(SERVICE_BACK_OFFICE), nearer)
		self.assertEqual((self.seen(above.user_id), self.seen(nearer)), (set(), set(SHOWN)))

	def test_who_heads_his_own_unit_is_seen_by_the_next(self):
		above, next_one = make_user(), make_user()
		self.heads(unit(SERVICE), above)
		self.heads(unit(SERVICE_BACK_OFFICE), self.employee.user_id, next_one)
		self.assertEqual((self.seen(next_one), self.seen(above)), (set(SHOWN), set()))

	def test_a_head_sees_nobody_who_has_a_superior(self):
		head, boss = make_user(), make_employee(with_user=True)
		self.heads(unit(SERVICE_BACK_OFFICE), head)
		led = make_employee(with_user=True, department=unit(SERVICE_BACK_OFFICE), reports_to=boss.name)
		row = self.row_about(DAY, led)
		self.assertEqual((self.sees(head, row), self.sees(boss.user_id, row)), (False, True))
		# A superior who cannot log in decides nothing.
		frappe.db.set_value("User", boss.user_id, "enabled", 0)
		self.assertTrue(self.sees(head, row))

	def test_a_head_who_cannot_log_in_is_none(self):
		gone, head = make_user(), make_user()
		self.heads(unit(SERVICE_BACK_OFFICE), gone, head)
		frappe.db.set_value("User", gone, "enabled", 0)
		self.assertEqual(self.seen(head), set(SHOWN))

	def test_a_unit_in_another_language_stays_a_value(self):
		head = make_user()
		name = f"Biro 100% '{frappe.generate_hash(length=5)}'"
		values = {"doctype": "Department", "department_name": name, "company": COMPANY}
		odd = frappe.get_doc(values).insert(ignore_permissions=True)
		self.heads(odd.name, head)
		row = self.row_about(DAY, make_employee(with_user=True, department=odd.name))
		self.assertTrue(self.sees(head, row))
		limited = self.limited(self.hr(), "Department", odd.name)
		self.assertTrue(self.sees(limited, row))

	def test_who_decided_something_opens_it_later_too(self):
		"""He is told when it is contested."""
		former = make_user(APPROVER)
		for doctype, fields in (
			(REQUEST, ("superior_approved_by", "decided_by", "approver")),
			(DAY, ("confirmed_by", "recalled_by")),
			(PLACE_HINT, ("reviewer",)),
			(DAILY_REPORT, ("verifier", "escalated_to", "approver")),
		):
			for field in fields:
				with self.subTest(doctype, field=field):
					row = self.row_about(doctype, self.employee, **{field: former})
					self.assertTrue(self.sees(former, row))


class TestHR(DoorsCase):
	def test_nothing_limits_hr_but_what_an_administrator_chose(self):
		self.assertEqual(self.seen(self.hr()), EVERYTHING)
		officer = make_employee(with_user=True)
		frappe.get_doc("User", officer.user_id).add_roles(HR_MANAGER)
		own = frappe.get_all(LIMITED, {"user": officer.user_id}, pluck="allow", order_by="allow")
		self.assertEqual(own, ["Company", "Employee"])
		self.assertEqual(self.seen(officer.user_id), EVERYTHING)

	def test_a_limit_holds_whatever_the_employee_record_says_it_by(self):
		branch, other_branch = (
			frappe.get_doc({"doctype": "Branch", "branch": frappe.generate_hash(length=8)}).insert().name
			for _each in range(2)
		)
		frappe.db.set_value("Employee", self.employee.name, "branch", branch)
		colleague = make_employee()
		for allow, within, beyond in (
			("Company", COMPANY, other_company()),
			("Department", unit(SERVICE), unit(OFFICE)),
			("Branch", branch, other_branch),
			("Employee", self.employee.name, colleague.name),
		):
			with self.subTest(allow):
				self.assertEqual(self.seen(self.limited(self.hr(), allow, within)), EVERYTHING)
				self.assertEqual(self.seen(self.limited(self.hr(), allow, beyond)), set())

	def test_a_group_without_its_units_is_the_group_alone(self):
		user = self.limited(self.hr(), "Department", unit(SERVICE), hide_descendants=1)
		self.assertEqual(self.seen(user), set())

	def test_an_employee_named_stands_for_those_below_him(self):
		boss = make_employee(with_user=True)
		row = self.row_about(DAY, make_employee(reports_to=boss.name))
		self.assertTrue(self.sees(self.limited(self.hr(), "Employee", boss.name), row))
		alone = self.limited(self.hr(), "Employee", boss.name, hide_descendants=1)
		self.assertFalse(self.sees(alone, row))

	def test_a_limit_for_one_doctype_limits_that_alone(self):
		applies = {"apply_to_all_doctypes": 0, "applicable_for": DAY}
		user = self.limited(self.hr(), "Company", other_company(), **applies)
		self.assertEqual(self.seen(user), EVERYTHING - {DAY})

	def test_an_empty_value_is_within_unless_the_site_is_strict(self):
		row = self.row_about(DAY, make_employee(with_user=True))
		user = self.limited(self.hr(), "Department", unit(OFFICE))
		self.assertTrue(self.sees(user, row))
		frappe.db.set_single_value("System Settings", "apply_strict_user_permissions", 1)
		self.addCleanup(frappe.clear_cache)
		frappe.clear_cache()
		self.assertFalse(self.sees(user, row))

	def test_within_no_company_hr_still_sees_himself_and_his_people(self):
		officer = make_employee(with_user=True, company=other_company())
		frappe.get_doc("User", officer.user_id).add_roles(HR_USER)
		row = self.row_about(DAY, make_employee(reports_to=officer.name))
		self.assertEqual(self.seen(officer.user_id), set())
		self.assertTrue(self.sees(officer.user_id, row))
		self.assertTrue(self.sees(officer.user_id, self.row_about(ELIGIBILITY, officer)))

	def test_a_role_of_the_agencys_own_is_limited_as_the_platform_does(self):
		"""Who is not HR and was given a role for it sees, by the permission for his own record, that alone."""
		role = frappe.get_doc({"doctype": "Role", "role_name": frappe.generate_hash(length=8)}).insert().name
		for doctype in KEPT:
			frappe.permissions.setup_custom_perms(doctype)
			frappe.permissions.add_permission(doctype, role)
			self.addCleanup(frappe.permissions.reset_perms, doctype)
		auditor = make_user(role)
		self.assertEqual(self.seen(auditor), set(KEPT))
		employee = make_employee(with_user=True)
		frappe.get_doc("User", employee.user_id).add_roles(role)
		self.assertEqual(self.seen(employee.user_id), set())
		self.assertTrue(self.sees(employee.user_id, self.row_about(PERFORMANCE_RECORD, employee)))

	def test_a_clean_up_of_everybody_is_told_to_all_of_hr(self):
		row = self.row_about(RETENTION_RUN, frappe._dict(name=None))
		self.assertTrue(self.sees(self.limited(self.hr(), "Company", other_company()), row))

	def test_nobody_of_hr_writes_about_whom_he_does_not_see(self):
		user = self.limited(self.hr(), "Company", other_company())
		for doctype in (REQUEST, DAILY_REPORT, OBJECTION, AGREEMENT, *KEPT):
			doc = frappe.get_doc({"doctype": doctype, "employee": self.employee.name})
			for ptype in ("create", "write"):
				with self.subTest(doctype, ptype=ptype):
					self.assertFalse(frappe.has_permission(doctype, ptype, doc, user=user))

	def test_hr_is_asked_where_it_sees_the_employee(self):
		here = self.limited(make_user(OFFICER), "Company", COMPANY)
		elsewhere = self.limited(make_user(OFFICER), "Company", other_company())
		asked = hr.deciders_of_hr(self.employee.name, DAY)
		self.assertIn(here, asked)
		self.assertNotIn(elsewhere, asked)
