"""What HR and superiors look at: what is missing before MKD can run, what a draft policy would change, days in a calendar."""

from datetime import timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import IMPACT, POLICY
from mkd_hrms.policy import packs
from mkd_hrms.services.policies.documents import document_from
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import absences, officer, open_house, person, subordinate, week
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY


def setUpModule():
	needed()
	open_house()


class TestReadiness(BrowserCase):
	def test_a_number_leads_to_the_people_whom_it_counts(self):
		employee = person(first_name="Belum", last_name="Lengkap", with_user=False)
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				page = self.open(officer(), viewport, "query-report/MKD Readiness")
				number = page.locator(".mkd-who[data-question='user']")
				number.first.wait_for()
				self.fits(page)
				self.picture(page, f"readiness-{viewport['width']}")
				counted = int(number.first.inner_text())
				number.first.click()
				page.wait_for_function(f"frappe.query_report.data?.length === {counted}")
				page.locator(".dt-row-0").first.wait_for()
				names = page.evaluate("frappe.query_report.data.map((row) => row.employee_name)")
				self.assertIn(employee.employee_name, names)
				self.picture(page, f"readiness-who-{viewport['width']}")
				self.assertEqual(self.problems, [])


class TestImpact(BrowserCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.unit = make_unit("Bidang Dampak")
		cls.loses = person(department=cls.unit, first_name="Sering", absent_on=absences(2))
		cls.stays = person(department=cls.unit, first_name="Selalu")
		policy = document_from(packs.load("jabar-2023"))
		begins = getdate() + timedelta(days=12)
		policy.update({"policy_name": "Draf Dampak", "effective_from": begins, "company": COMPANY})
		cls.policy = policy.update({"absence_fails_at": 2}).insert()
		refresh.refresh(COMPANY, [cls.loses.name, cls.stays.name])
		frappe.db.commit()
		cls.addClassCleanup(cls.forget)

	@classmethod
	def forget(cls):
		frappe.db.rollback()
		frappe.delete_doc(POLICY, cls.policy.name, force=True)
		frappe.db.commit()

	def test_hr_sees_from_the_draft_who_would_lose_and_why(self):
		page = self.document(officer(), DESK, POLICY, self.policy.name)
		self.press(page, "Show Impact")
		page.locator(".page-title", has_text=IMPACT).first.wait_for()
		page.wait_for_function("Boolean(frappe.query_report?.data)")
		page.evaluate("unit => frappe.query_report.set_filter_value('department', unit)", self.unit)
		row = page.locator(".dt-row", has_text=self.loses.employee_name)
		row.first.wait_for()
		page.wait_for_load_state("networkidle")
		self.picture(page, "impact-desk")
		self.assertIn("Loses", row.first.inner_text())
		self.assertEqual(page.locator(".dt-row", has_text=self.stays.employee_name).count(), 0)
		self.assertEqual(self.problems, [])


class TestCalendarOfDays(BrowserCase):
	def test_an_approved_day_stands_on_its_date_at_a_desk_and_on_a_telephone(self):
		employee = subordinate()
		self.approved(employee, week()[:1])
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				page = self.open(employee.user_id, viewport, "mkd-day/view/calendar/default")
				page.locator(".fc-view-container").wait_for()
				page.wait_for_load_state("networkidle")
				if not page.locator(f"td[data-date='{week()[0]}']").count():
					page.locator(".fc-next-button").click()
				page.locator(".fc-event", has_text=employee.employee_name).first.wait_for()
				self.fits(page)
				self.picture(page, f"calendar-{viewport['width']}")
				self.assertEqual(self.problems, [])
