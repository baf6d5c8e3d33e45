"""Who is over the limit, and why: a holiday or leave that came later, a lower tier, or a day that asked nobody (W11)."""

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY, ELIGIBILITY
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import act, applied, officer
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.report_case import hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY, OFFICE, holiday_list, unit

OVER = "MKD Over Limit"


class TestWhy(RequestCase):
	def setUp(self):
		self.section = make_unit(f"Bidang {frappe.generate_hash(length=6)}")
		self.worker = self.person(department=self.section)
		self.hr = officer()
		act(applied(self.worker, WEEK[:4]), "Approve", self.boss.user_id)

	def over(self, user=None, **filters):
		found = rows_of(OVER, user or self.hr, **{"department": self.section, **filters})
		return [(row["employee"], row["limit"], row["used"], row["why"]) for row in found]

	def add_holiday(self):
		doc = frappe.get_doc("Holiday List", holiday_list(WEEK[0].year))
		doc.append("holidays", {"holiday_date": WEEK[4], "description": "Cuti Bersama"})
		doc.save(ignore_permissions=True)

	def lower_tier(self, days):
		refresh.refresh(COMPANY)
		frappe.db.set_value(ELIGIBILITY, self.worker.name, "tier_limit", days)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, ELIGIBILITY, {"employee": self.worker.name})

	def test_a_holiday_that_came_later(self):
		self.assertEqual(self.over(), [])
		self.add_holiday()
		why = "4 working days are left in the week, and 3 of them may be MKD days. Days off: 11-12-2026 (Cuti Bersama)."
		self.assertEqual(self.over(), [(self.worker.name, 3, 4, why)])

	def test_leave_that_came_later_is_told_without_its_kind(self):
		leave_on(self.worker, WEEK[4])
		((_employee, limit, _used, why),) = self.over()
		self.assertEqual(limit, 3)
		self.assertEqual(
			why,
			"4 working days are left in the week, and 3 of them may be MKD days. Leave or official duty: 1 days.",
		)

	def test_a_track_record_that_earns_less_by_now(self):
		self.lower_tier(2)
		self.assertEqual(self.over(), [(self.worker.name, 2, 4, "The track record earns 2 days a week.")])

	def test_a_day_by_circular_is_named_beside_what_bounds_the_week(self):
		self.lower_tier(3)
		day = {"employee": self.worker.name, "mkd_date": WEEK[3]}
		frappe.db.set_value(DAY, day, "source_doctype", COLLECTIVE_DAY)
		why = "The track record earns 3 days a week. 1 of the days came by circular."
		self.assertEqual(self.over(), [(self.worker.name, 3, 4, why)])
		answer = shown(OVER, self.hr, department=self.section)
		self.assertEqual(answer["chart"]["data"]["labels"], ["The track record", "A day by circular"])

	def test_by_cause_and_by_unit(self):
		self.add_holiday()
		self.assertEqual(len(self.over(cause="Working Days")), 1)
		self.assertEqual(self.over(cause="Track Record"), [])
		self.assertEqual(self.over(department=make_unit("Bidang Tanpa Orang")), [])

	def test_hr_sees_what_is_left_to_it(self):
		self.add_holiday()
		self.assertEqual(len(self.over(hr_of(self.section))), 1)
		self.assertEqual(self.over(hr_of(unit(OFFICE))), [])
