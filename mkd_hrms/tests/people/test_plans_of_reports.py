"""What our reports read follows what they are asked for: no report reads most of a table that grows."""

from datetime import date, datetime

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY,
	DECISION_RECORD,
	HR_MANAGER,
	PENDING_HR_REVIEW,
	PERFORMANCE_RECORD,
	REQUEST,
)
from mkd_hrms.mkd_hrms.report.mkd_denials import mkd_denials
from mkd_hrms.mkd_hrms.report.mkd_fairness import mkd_fairness
from mkd_hrms.mkd_hrms.report.mkd_monthly_recap import mkd_monthly_recap
from mkd_hrms.mkd_hrms.report.mkd_over_limit import mkd_over_limit
from mkd_hrms.mkd_hrms.report.mkd_quota_use import mkd_quota_use
from mkd_hrms.mkd_hrms.report.mkd_report_compliance import mkd_report_compliance
from mkd_hrms.mkd_hrms.report.mkd_shift_attendance import mkd_shift_attendance
from mkd_hrms.mkd_hrms.report.mkd_unclassified_roles import mkd_unclassified_roles
from mkd_hrms.mkd_hrms.report.mkd_unknown_words import mkd_unknown_words
from mkd_hrms.tests.support import many_rows
from mkd_hrms.tests.support.many_rows import scans
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.statements import rows_read, statements_of
from mkd_hrms.tests.support.world import COMPANY

ATTENDANCE, CHECKIN, SHIFT = "Attendance", "Employee Checkin", "MKD Plans"
FILLED = (REQUEST, DECISION_RECORD, DAY, DAILY_REPORT, PERFORMANCE_RECORD, ATTENDANCE, CHECKIN)
MONTH = {"company": COMPANY, "from_date": "2026-03-01", "to_date": "2026-03-31"}
WITHOUT_CHECKINS = {"include_attendance_without_checkins": 1, "consider_grace_period": 1}
# Rows in a year of every table; in a month about 340, of one unit in a month about 17.
UNITS = 20


def on(number):
	return date.fromordinal(date(2026, 1, 1).toordinal() + number % 365)


def moment(number):
	return datetime.combine(on(number), datetime.min.time())


def called(number):
	return f"row {number}"


def always(value):
	return lambda number: value


class TestReports(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		# Behind the rollback, because it commits.
		cls.addClassCleanup(cls.show_again)
		super().setUpClass()
		cls.hr = make_user(HR_MANAGER)
		shift = {"doctype": "Shift Type", "name": SHIFT, "start_time": "07:30:00", "end_time": "16:00:00"}
		frappe.get_doc(shift).db_insert()
		cls.fill()

	@classmethod
	def show_again(cls):
		for doctype in FILLED:
			many_rows.show_again(doctype)
		frappe.db.delete("Shift Type", {"name": SHIFT})
		frappe.db.commit()

	@classmethod
	def fill(cls):
		place = {"company": always(COMPANY), "department": lambda number: f"Unit {number * 7 // 3 % UNITS}"}
		records = {"reference_doctype": always(REQUEST), "reference_name": called}
		for doctype, states, columns in (
			(REQUEST, (PENDING_HR_REVIEW, "Completed"), {"designation": called, "from_date": on, **place}),
			(DECISION_RECORD, ("", ""), {**records, "unknown_gates": always("Role"), "evaluated_at": moment}),
			(
				DAY,
				("Approved", "Worked"),
				{
					"mkd_date": on,
					"source_doctype": always(REQUEST),
					"attendance": called,
					"daily_report": called,
				}
				| place,
			),
			(DAILY_REPORT, ("Submitted", "Verified"), {"mkd_date": on, **place}),
			(PERFORMANCE_RECORD, ("", ""), {"predicate": always("Baik"), "period_end": on}),
			(ATTENDANCE, ("Present", "Present"), {"attendance_date": on, "shift": always(SHIFT), **place}),
			(
				CHECKIN,
				("", ""),
				{"attendance": called, "time": moment, "shift_start": moment, "shift_end": moment},
			),
		):
			many_rows.hide(doctype, states, (), **columns)
		# On a site that has kept it for long the database knows what it has.
		for doctype in FILLED:
			frappe.db.sql(f"analyze table `tab{doctype}`")

	def run_by_hr(self, report, **filters):
		def work():
			with acting_as(self.hr):
				self.answer = report.execute(frappe._dict(filters))[1]

		return work

	def assert_found(self, work):
		read = scans(work, [f"tab{doctype}" for doctype in FILLED])
		self.assertEqual(read, [], "\n".join(f"{query}\n{plan}" for query, plan in read))

	def test_shift_attendance_of_a_month(self):
		work = self.run_by_hr(mkd_shift_attendance, **MONTH, **WITHOUT_CHECKINS)
		self.assert_found(work)
		self.assertGreater(len(self.answer), 300)
		self.assertTrue(all(row.report_state for row in self.answer))

	def test_shift_attendance_of_a_unit_reads_its_rows(self):
		work = self.run_by_hr(mkd_shift_attendance, **MONTH, **WITHOUT_CHECKINS, department="Unit 4")
		work()
		self.assertTrue(5 < len(self.answer) < 30, len(self.answer))
		self.assertLess(rows_read(work), 20 * len(self.answer))

	def test_weeks_over_the_limit(self):
		self.assert_found(self.run_by_hr(mkd_over_limit, company=COMPANY))

	def test_fairness_of_a_month(self):
		work = self.run_by_hr(mkd_fairness, company=COMPANY, month="2026-03-15")
		self.assert_found(work)
		self.assertLessEqual(UNITS, len(self.answer))
		self.assertTrue(all(row["days"] for row in self.answer if row["department"].startswith("Unit ")))

	def test_days_and_reports_of_a_month_are_counted(self):
		for report, values in (
			(mkd_monthly_recap, {"by": "Person"}),
			(mkd_monthly_recap, {"by": "Unit"}),
			# Whole weeks, and in four of them are as many days as in a month.
			(mkd_quota_use, {"from_date": "2026-03-02", "to_date": "2026-03-29"}),
			(mkd_report_compliance, {"by": "Person"}),
			(mkd_report_compliance, {"by": "Unit"}),
		):
			work = self.run_by_hr(report, **{**MONTH, **values})
			with self.subTest(report.__name__, **values):
				self.assert_found(work)
				self.assertLessEqual(UNITS, len(self.answer))

	def test_denials_of_a_month(self):
		self.assert_found(self.run_by_hr(mkd_denials, **MONTH))

	def test_roles_that_nobody_classified(self):
		work = self.run_by_hr(mkd_unclassified_roles, reference_doctype="Designation")
		self.assert_found(work)
		self.assertLess(rows_read(work), many_rows.ROWS)
		# What waits is not named again, one by one, to be asked about.
		tables = [f"tab{doctype}" for doctype in (REQUEST, DECISION_RECORD)]
		asked = [query for query, _values in statements_of(work) if any(table in query for table in tables)]
		self.assertEqual(len(asked), 1, asked)

	def test_words_that_nobody_knows(self):
		work = self.run_by_hr(mkd_unknown_words)
		self.assert_found(work)
		frappe.db.set_value(PERFORMANCE_RECORD, "row 7", "predicate", "Cukup sekali", update_modified=False)
		work()
		self.assertIn("Cukup sekali", [row["word"] for row in self.answer])
