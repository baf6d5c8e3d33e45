"""The register of letters: numbers that are given once, whoever asks at the same moment, and entries that stay."""

import frappe

from mkd_hrms.constants import LETTER, SETTINGS, WARNING
from mkd_hrms.services.letters import issuing, numbering, register
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.other_process import outcome, python
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.world import COMPANY

TEMPLATE = "{nomor:3}/{kode}/{unit}/{bulan_romawi}/{tahun}"
PROCESSES, EACH = 4, 5
ISSUE = """
from mkd_hrms.services.letters import issuing
frappe.set_user(user)
# What this process reads from now on is as old as this.
frappe.get_doc(doctype, names[0])
for name in names:
	letter = issuing.issue(frappe.get_doc(doctype, name), "Warning")
	print(letter.number, flush=True)
	frappe.db.commit()
"""


class TestRegister(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.officer = officer()
		cls.number_by(TEMPLATE)
		cls.addClassCleanup(cls.clear)

	@classmethod
	def number_by(cls, template, **values):
		settings = frappe.get_doc(SETTINGS)
		row = {"kind": "Warning", "template": template, "code": "800.1.6.2", "unit_code": "BKD", **values}
		settings.set("letter_numbers", [row] if template else [])
		settings.save()
		frappe.db.commit()

	@classmethod
	def clear(cls):
		frappe.set_user("Administrator")
		frappe.db.rollback()
		cls.number_by(None)
		frappe.db.delete(LETTER)
		frappe.db.delete(WARNING, {"employee": cls.employee.name})
		frappe.db.commit()

	def setUp(self):
		frappe.db.delete(LETTER)
		frappe.db.commit()

	def warning(self, **values):
		"""A warning in force."""
		values = {"from_date": "2026-11-01", "to_date": "2027-10-31", "ground": "Tidak hadir", **values}
		return store_row(
			WARNING, self.employee.name, company=COMPANY, docstatus=1, status="In Force", **values
		)

	def issued(self, about=None, **values):
		with acting_as(self.officer):
			return issuing.issue(frappe.get_doc(WARNING, (about or self.warning()).name), "Warning", **values)

	def test_numbers_follow_each_other_by_the_template(self):
		numbers = [self.issued().number for _each in range(3)]
		self.assertEqual(numbers, [f"{n:03d}/800.1.6.2/BKD/XI/2026" for n in (1, 2, 3)])

	def test_a_number_that_was_typed_in_is_left_out_by_the_counter_and_refused_again(self):
		self.issued(typed=" 002/800.1.6.2 /bkd/XI/2026")
		numbers = [self.issued().number for _each in range(2)]
		self.assertEqual(numbers, [f"{n:03d}/800.1.6.2/BKD/XI/2026" for n in (1, 3)])
		with self.assertRaises(numbering.NumberTaken):
			self.issued(typed="003/800.1.6.2/BKD/XI/2026")

	def test_a_save_that_is_refused_uses_up_no_number(self):
		first = self.issued().number
		frappe.db.commit()
		self.issued()
		frappe.db.rollback()
		self.assertEqual((first[:3], self.issued().number[:3]), ("001", "002"))

	def test_many_processes_at_once_get_a_number_each_without_a_gap(self):
		names = [[self.warning().name for _each in range(EACH)] for _process in range(PROCESSES)]
		frappe.db.commit()
		running = [python(ISSUE, user=self.officer, doctype=WARNING, names=each) for each in names]
		given = []
		for process in running:
			code, output, errors = outcome(process)
			self.assertEqual(code, 0, errors)
			given += output.split()
		expected = [f"{n:03d}/800.1.6.2/BKD/XI/2026" for n in range(1, PROCESSES * EACH + 1)]
		self.assertEqual(sorted(given), expected)

	def test_many_processes_issue_one_letter_once(self):
		name = self.warning().name
		frappe.db.commit()
		running = [python(ISSUE, user=self.officer, doctype=WARNING, names=[name]) for _each in range(3)]
		codes = [outcome(process) for process in running]
		self.assertEqual(sorted(code for code, _said, _errors in codes), [0, 1, 1])
		self.assertEqual(sum("AlreadyIssued" in errors for _code, _said, errors in codes), 2)
		frappe.db.rollback()
		self.assertEqual(frappe.db.count(LETTER, {"reference_name": name}), 1)

	def test_the_database_itself_holds_no_number_twice(self):
		first, other = self.issued(), self.issued()
		other.number_key = first.number_key
		with self.assertRaises(frappe.UniqueValidationError):
			other.db_update()

	def test_a_revoked_number_is_not_given_again(self):
		warning = self.warning()
		first = self.issued(warning)
		register.revoke_of(WARNING, warning.name, "Dibatalkan")
		self.assertEqual(frappe.db.get_value(LETTER, first.name, "status"), "Revoked")
		self.assertEqual(self.issued(warning).number[:3], "002")

	def test_nobody_deletes_a_letter(self):
		letter = self.issued()
		with self.assertRaises(frappe.PermissionError):
			frappe.delete_doc(LETTER, letter.name, force=True)

	def test_without_a_template_the_number_is_typed_in_later_and_once(self):
		self.number_by(None)
		self.addCleanup(self.number_by, TEMPLATE)
		letter = self.issued()
		self.assertFalse(letter.number)
		with acting_as(self.officer):
			letter = frappe.get_doc(LETTER, letter.name)
			letter.update({"number": "12/KPG", "status": "Revoked", "employee_name": "Lain"})
			letter.save()
			letter.reload()
			self.assertEqual((letter.number, letter.status), ("12/KPG", "Valid"))
			self.assertNotEqual(letter.employee_name, "Lain")
			letter.number = "13/KPG"
			self.assertRaises(frappe.ValidationError, letter.save)

	def test_whom_it_is_about_reads_it_and_neither_numbers_nor_issues_it(self):
		letter, user = self.issued(), self.employee.user_id
		with acting_as(user):
			self.assertEqual(frappe.get_list(LETTER, pluck="name"), [letter.name])
			self.assertFalse(frappe.has_permission(LETTER, "write", doc=letter.name))
		with acting_as(self.boss.user_id):
			self.assertEqual(frappe.get_list(LETTER, pluck="name"), [])
			self.assertFalse(frappe.has_permission(LETTER, "read", doc=letter.name))
		frappe.get_doc("User", user).add_roles("HR Manager")
		with acting_as(user), self.assertRaises(frappe.PermissionError):
			issuing.issue(frappe.get_doc(WARNING, self.warning().name), "Warning")

	def test_the_narrowest_row_numbers_a_letter(self):
		settings = frappe.get_doc(SETTINGS)
		rows = [("A{nomor}", None), ("B{nomor}", COMPANY)]
		settings.letter_numbers = []
		for template, company in rows:
			settings.append(
				"letter_numbers", {"kind": "Warning", "template": template, "for_company": company}
			)
		settings.save()
		self.addCleanup(self.number_by, TEMPLATE)
		self.assertEqual(self.issued().number, "B1")

	def test_a_template_that_makes_no_number_is_not_saved(self):
		for template in ("{kode}", "{nomor}/{kota}"):
			with self.subTest(template), self.assertRaises(frappe.ValidationError):
				self.number_by(template)
		with self.assertRaises(frappe.ValidationError):
			self.number_by("{nomor}/{unit}", unit_code=None)

	def test_what_gives_no_letter_gives_none(self):
		draft = store_row(WARNING, self.employee.name, company=COMPANY)
		with acting_as(self.officer):
			self.assertRaises(issuing.NoLetter, issuing.issue, frappe.get_doc(WARNING, draft.name), "Warning")
			about = frappe.get_doc(WARNING, self.warning().name)
			self.assertRaises(issuing.NoLetter, issuing.issue, about, Kind.PERMIT.value)
