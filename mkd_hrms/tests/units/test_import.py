"""HR imports the registers of units from a file over HTTP: its rows are checked as the form's, and submit nothing."""

import re
from datetime import timedelta

import frappe
from frappe.core.doctype.data_import.data_import import start_import
from frappe.utils import getdate

from mkd_hrms.constants import COLLECTIVE_DAY, DELEGATION, OFFICE_DAY, SAVINGS_FACTOR, UTILITY_BILL
from mkd_hrms.tests.support.http_world import HTTPCase, browser, head, open_house, person, user_with
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.unit_case import BASIS, make_unit
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

COVERAGE_RULE, SERVICE_POINT = "MKD Coverage Rule", "MKD Service Point"
# The platform leaves its import to who administers the site; the right to a register is the role's.
ADMINISTERS = "System Manager"
# What the desk knows of its user, in the page itself.
CAN_IMPORT = re.compile(r'"can_import":\s*\[(.*?)\]', re.DOTALL)


class TestRegistersAreImported(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.unit = make_unit("Bidang Impor")
		cls.employee = person(department=cls.unit)
		cls.day = getdate() + timedelta(days=30)
		frappe.db.commit()

	def files(self):
		"""By register the head of a file and one row."""
		day, last = self.day, self.day + timedelta(days=7)
		return {
			COVERAGE_RULE: (
				("department", "valid_from", "cap_percent", "min_on_site", "legal_basis"),
				(self.unit, "2023-06-19", "40", "2", BASIS),
			),
			SERVICE_POINT: (
				("service_point_name", "department", "min_on_site", "valid_from", "members.employee"),
				("Loket Impor", self.unit, "1", "2023-06-19", self.employee.name),
			),
			OFFICE_DAY: (
				("title", "kind", "department", "from_date", "to_date", "legal_basis"),
				("Apel Impor", "Roll Call", self.unit, day, day, BASIS),
			),
			COLLECTIVE_DAY: (
				(
					"circular_no",
					"circular_date",
					"subject",
					"company",
					"department",
					"dates_by",
					"dates.mkd_date",
				),
				("SE 9", getdate(), "Kamis Impor", COMPANY, self.unit, "Dates", day),
			),
			DELEGATION: (
				("approver", "delegate", "from_date", "to_date"),
				(head().user_id, self.employee.user_id, day, last),
			),
			**self.registers_of_savings(),
		}

	def registers_of_savings(self):
		return {
			SAVINGS_FACTOR: (
				("factor", "valid_from", "low", "middle", "high", "source", "year", "trust"),
				("Commute Distance", "2026-01-01", "5", "9.5", "20", "Survei", "2026", "Good"),
			),
			UTILITY_BILL: (
				("company", "department", "kind", "month", "amount", "consumption"),
				(COMPANY, self.unit, "Electricity", "2026-10-01", "29201432", "17182"),
			),
		}

	def sent(self, user, doctype, rows):
		"""The file and the form of an import, as the browser sends them."""
		content = "\n".join(",".join(map(str, row)) for row in rows)
		client = browser(user)
		file = self.ok(client.insert({"doctype": "File", "file_name": "register.csv", "content": content}))
		self.addCleanup(client.delete, f"/api/resource/File/{file['name']}")
		form = {"reference_doctype": doctype, "import_type": "Insert New Records", "submit_after_import": 0}
		return client.insert({"doctype": "Data Import", "import_file": file["file_url"], **form})

	def imported(self, user, doctype, rows):
		"""The status of an import, and what it made."""
		before = set(frappe.get_all(doctype, pluck="name"))
		name = self.ok(self.sent(user, doctype, rows))["name"]
		self.addCleanup(browser(user).delete, f"/api/resource/Data Import/{name}")
		frappe.db.rollback()
		with acting_as(user):
			start_import(name)
		frappe.db.commit()
		made = sorted(set(frappe.get_all(doctype, pluck="name")) - before)
		for each in made:
			self.addCleanup(self.delete, doctype, each)
		return frappe.db.get_value("Data Import", name, "status"), made

	def delete(self, doctype, name):
		frappe.db.rollback()
		frappe.delete_doc(doctype, name, force=True)
		frappe.db.commit()

	def test_who_keeps_the_registers_imports_them(self):
		for role in ("HR Manager", "MKD Officer"):
			user = user_with(role, ADMINISTERS)
			for doctype, rows in self.files().items():
				with self.subTest(role, doctype=doctype):
					status, made = self.imported(user, doctype, rows)
					self.assertEqual((status, len(made)), ("Success", 1))
					self.assertEqual(frappe.db.get_value(doctype, made[0], "docstatus"), 0)
					self.doCleanups()

	def test_who_may_only_read_them_imports_none(self):
		user = user_with("MKD Approver", ADMINISTERS)
		for doctype, rows in self.files().items():
			with self.subTest(doctype=doctype):
				self.refused(self.sent(user, doctype, rows))

	def test_a_list_offers_it_to_whom_the_platform_lets_import(self):
		for roles, offered in ((("MKD Officer", ADMINISTERS), True), (("MKD Officer",), False)):
			client = browser(user_with(*roles))
			desk = client.session.get(f"{client.server.url}/app", headers={"Accept": "text/html"}).text
			self.assertEqual(COVERAGE_RULE in CAN_IMPORT.search(desk)[1], offered, roles)

	def test_what_the_form_refuses_a_file_cannot_bring_in(self):
		user = user_with("MKD Officer", ADMINISTERS)
		head_row, row = self.files()[COVERAGE_RULE]
		broken = (*row[:2], "140", *row[3:])
		status, made = self.imported(user, COVERAGE_RULE, (head_row, broken))
		self.assertEqual((status, made), ("Error", []))
