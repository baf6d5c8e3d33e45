"""The monthly recap of a unit as a letter: who issues it, that its numbers are the report's, and that they stay."""

import frappe
from frappe.utils import add_months, get_first_day, get_last_day, getdate

from mkd_hrms.constants import DAY, LETTER
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.http_world import (
	browser,
	days_of,
	head,
	officer,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.printed_letter_case import PrintedCase
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

ISSUE = "mkd_hrms.api.issue_recap"


class TestRecaps(PrintedCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.section = make_unit("Bidang Rekap Surat")
		cls.names = (COMPANY, cls.section)
		cls.first = getdate(get_first_day(add_months(getdate(), -1)))
		cls.employee = subordinate(department=cls.section)
		cls.days = [
			day for day in working_days_before(getdate(get_first_day(getdate())), 10) if day >= cls.first
		][:2]
		frappe.db.commit()
		cls.addClassCleanup(frappe.db.commit)
		cls.addClassCleanup(frappe.db.delete, LETTER, {"company": COMPANY})

	def tearDown(self):
		frappe.db.delete(LETTER, {"kind": "Recap"})
		frappe.db.delete(DAY, {"employee": self.employee.name})
		frappe.db.commit()
		super().tearDown()

	def book(self, status="Worked"):
		"""A request for days ahead, whose days are moved into the month before; the request goes."""
		request = self.approved(self.employee, week()[:2])
		for row, day in zip(days_of(request), self.days, strict=True):
			frappe.db.set_value(DAY, row.name, {"mkd_date": day, "status": status})
		frappe.db.set_value("MKD Request", request, {"status": "Completed", "workflow_state": "Completed"})
		frappe.db.commit()

	def issue_recap(self, user, unit=None, month=None, **values):
		asked = {"month": str(month or self.first), "company": COMPANY, "department": unit or self.section}
		return browser(user).call(ISSUE, **asked, **values)

	def test_its_numbers_are_those_of_the_report(self):
		self.book()
		letter = self.ok(self.issue_recap(officer()))
		html = self.printed(officer(), LETTER, letter["name"], "MKD Letter")
		report = self.ok(
			browser(officer()).call(
				"frappe.desk.query_report.run",
				report_name="MKD Monthly Recap",
				filters={
					"company": COMPANY,
					"department": self.section,
					"from_date": str(self.first),
					"to_date": str(get_last_day(self.first)),
					"by": "Unit",
				},
			)
		)
		(row,) = report["result"]
		self.assertEqual((row["days"], row["worked"]), (2, 2))
		cells = "".join(
			f'<td class="figure">{row[name]}</td>'
			for name in ("days", "by_request", "by_circular", "worked", "absent")
		)
		self.assertIn(f"<td>{self.section}</td>{cells}", html.replace("\n", ""))

	def test_whoever_stands_above_everybody_issues_it_and_nobody_else(self):
		self.book()
		for user in (self.employee.user_id, person().user_id, user_with("MKD Approver")):
			self.refused(self.issue_recap(user))
		self.ok(self.issue_recap(head().user_id))
		# With one more in the unit, whom somebody else leads, he stands above everybody no longer.
		other = person(department=self.section)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, "Employee", other.name, "department", None)
		self.refused(self.issue_recap(head().user_id))

	def test_of_a_month_that_is_not_over_and_of_a_strange_unit_there_is_none(self):
		self.refused(self.issue_recap(officer(), month=getdate()))
		self.refused(self.issue_recap(officer(), unit="Tidak Ada"))
		self.refused(browser(officer()).call(ISSUE, month=str(self.first), company="Tidak Ada"))

	def test_it_stays_as_it_was_counted_until_another_one_takes_its_place(self):
		self.book()
		first = self.ok(self.issue_recap(officer()))
		self.refused(self.issue_recap(officer()))
		frappe.db.set_value(DAY, {"employee": self.employee.name}, "status", "No Show")
		frappe.db.commit()
		before = stored(first["name"], LETTER).figures
		self.assertIn('"worked": 2', before)
		second = self.ok(self.issue_recap(officer()))
		self.assertIn('"absent": 2', stored(second["name"], LETTER).figures)
		entry = stored(first["name"], LETTER)
		self.assertEqual((entry.status, entry.figures), ("Revoked", before))
		self.assertNotEqual(first["number"], second["number"])
		self.assertIn("DICABUT", self.printed(officer(), LETTER, first["name"], "MKD Letter"))

	def test_nobody_rewrites_its_numbers_and_no_employee_reads_it(self):
		self.book()
		name = self.ok(self.issue_recap(officer()))["name"]
		before = stored(name, LETTER).figures
		browser(officer()).set_value(LETTER, name, figures="{}")
		self.assertEqual(stored(name, LETTER).figures, before)
		self.refused(browser(self.employee.user_id).resource(LETTER, name))
		self.refused(browser(head().user_id).resource(LETTER, name))

	def test_as_a_pdf(self):
		self.book()
		letter = self.ok(self.issue_recap(officer()))
		text = self.text_of(LETTER, letter["name"], "MKD Letter", "recap")
		self.check_words(text, "Recap")
		for words in (
			letter["number"],
			"REKAPITULASI BULANAN MKD",
			"PEMERINTAH DAERAH",
			self.section,
			"Jumlah",
		):
			self.assertIn(words, text)
