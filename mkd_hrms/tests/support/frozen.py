"""What tests of requests share: a frozen Wednesday, a superior, and an employee who may work away."""

from datetime import date, timedelta

from freezegun import freeze_time

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils.typing_validations import TypeAdapter

# What is imported while the clock is frozen has the frozen kind of date in its annotations, which no text fits.
import hrms.hr.doctype.leave_application.leave_application  # noqa: F401

from mkd_hrms.tests.support.factories import eligible, superior
from mkd_hrms.tests.support.world import TODAY

# A clock with microseconds: Frappe compares the text of time stamps, and whole seconds are written differently.
NOON, AFTER_CUT_OFF = f"{TODAY}T12:00:00.500001+07:00", f"{TODAY}T14:31:00.500001+07:00"
# The week after next: five working days, ahead of every cut-off.
MONDAY = date(2026, 12, 7)
WEEK = [MONDAY + timedelta(days=n) for n in range(5)]

# Pydantic, first asked about dates while the clock is frozen, would not know the real kind.
TypeAdapter(date)


class RequestCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		clock = freeze_time(NOON, tick=True)
		clock.start()
		cls.addClassCleanup(clock.stop)
		cls.boss = superior(today=TODAY)
		cls.employee = eligible(reports_to=cls.boss, today=TODAY)
		frappe.db.commit()

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def person(self, **values):
		return eligible(**{"reports_to": self.boss, "today": TODAY, **values})
