"""What the form of an employee shows of MKD, and to whom (rule P3). The clock stands on a Wednesday, 25 November 2026."""

from datetime import date

import frappe

from mkd_hrms.api import employee_overview
from mkd_hrms.constants import ELIGIBILITY, REQUEST
from mkd_hrms.services.calendar import holidays
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import act, applied, eligible, officer, superior, working_days_before
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import UNLIMITED, acting_as, make_user
from mkd_hrms.tests.support.world import COMPANY, TODAY, holiday_list

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
# The week after has a holiday on its Thursday.
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)
KINDS = ["office", "office", "office", "mkd", "mkd"], ["mkd", "away", "office", "holiday", "office"]


class FormCase(RequestCase):
	"""A chief, below him the boss, below her an employee with days, one who is denied, and a colleague."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.chief = superior(today=TODAY)
		frappe.get_doc("Employee", cls.boss.name).update({"reports_to": cls.chief.name}).save()
		people = {"reports_to": cls.boss, "today": TODAY}
		cls.employee, cls.colleague = (eligible(**people, **UNLIMITED) for _each in range(2))
		cls.denied = eligible(absent_on=working_days_before(TODAY, 3), **people)
		act(applied(cls.employee, [THURSDAY, FRIDAY]), "Approve", cls.boss.user_id)
		applied(cls.employee, [MONDAY])
		leave_on(cls.employee, TUESDAY)
		leave_on(cls.employee, WEDNESDAY, half_day=1, half_day_date=WEDNESDAY)
		refresh.refresh(COMPANY, [cls.employee.name, cls.denied.name])
		cls.addClassCleanup(cls.clear_away)

	@classmethod
	def clear_away(cls):
		"""The evaluation commits."""
		names = [entry.name for entry in (cls.employee, cls.colleague, cls.denied, cls.chief, cls.boss)]
		for doctype in ("MKD Day", ELIGIBILITY, REQUEST, "Leave Application", "Attendance"):
			frappe.db.delete(doctype, {"employee": ("in", names)})
		frappe.db.set_value("Employee", {"name": ("in", names)}, "status", "Left")
		frappe.db.commit()

	def seen_by(self, user, employee=None):
		with acting_as(user):
			return employee_overview((employee or self.employee).name)


class TestDays(FormCase):
	def test_this_and_the_next_week_stand_day_by_day(self):
		weeks = self.seen_by(self.employee.user_id)["weeks"]
		self.assertEqual([[day["kind"] for day in week["days"]] for week in weeks], list(KINDS))
		self.assertEqual(
			[day["label"] for day in weeks[0]["days"][2:] + weeks[1]["days"][:4]],
			["Office", "MKD: Approved", "MKD: Approved", "MKD: Pending", "Leave", "Office", "Libur"],
		)
		self.assertEqual([day["today"] for day in weeks[0]["days"]], [False, False, True, False, False])
		self.assertEqual(weeks[1]["days"][2]["note"], "Half a day: Leave")

	def test_used_days_stand_beside_what_the_week_holds(self):
		"""Three working days remain of the next week; one of them stays in the office."""
		weeks = self.seen_by(self.employee.user_id)["weeks"]
		self.assertEqual([(week["used"], week["limit"]) for week in weeks], [(2, 4), (1, 2)])

	def test_a_tier_that_allows_nothing_shows_a_limit_of_none(self):
		frappe.db.set_value(ELIGIBILITY, self.employee.name, "tier_limit", 0)
		weeks = self.seen_by(self.employee.user_id)["weeks"]
		self.assertEqual([(week["used"], week["limit"]) for week in weeks], [(2, 0), (1, 0)])

	def test_days_outside_service_are_no_days_in_the_office(self):
		frappe.db.set_value("Employee", self.employee.name, "relieving_date", MONDAY)
		days = self.seen_by(self.employee.user_id)["weeks"][1]["days"]
		self.assertEqual([day["kind"] for day in days], ["mkd", "none", "none", "none", "none"])

	def test_a_day_that_no_list_covers_is_not_called_an_office_day(self):
		self.addCleanup(holidays.forget)
		frappe.db.set_value("Employee", self.colleague.name, "holiday_list", holiday_list(TODAY.year - 1))
		frappe.db.delete("MKD Calendar")
		holidays.forget()
		days = self.seen_by(self.colleague.user_id, self.colleague)["weeks"][0]["days"]
		self.assertEqual({day["label"] for day in days}, {"Calendar missing"})

	def test_the_queries_do_not_grow_with_the_days(self):
		"""Only where there are days, the requests above the limit are asked for, all at once."""
		self.seen_by(self.employee.user_id)
		with acting_as(self.boss.user_id):
			for employee, count in ((self.employee, 14), (self.colleague, 13)):
				with self.subTest(employee.name), self.assertQueryCount(count):
					employee_overview(employee.name)


class TestWhoSeesWhat(FormCase):
	def test_the_employee_and_hr_read_the_reasons(self):
		for user in (self.denied.user_id, make_user("HR User"), officer()):
			with self.subTest(user):
				seen = self.seen_by(user, self.denied)["standing"]
				self.assertEqual((seen["outcome"], seen["failed"]), ("Not Eligible", ["Absence"]))
				self.assertIn("3 unexcused absences", seen["reasons"][0]["sentence"])
				self.assertEqual(seen["tier_limit"], 0)

	def test_whoever_passes_reads_his_limit_and_until_when(self):
		seen = self.seen_by(self.employee.user_id)["standing"]
		self.assertEqual((seen["outcome"], seen["tier_limit"], seen["reasons"]), ("Eligible", 4, []))
		self.assertTrue(seen["changes_on"])

	def test_whoever_decides_reads_the_names_of_the_gates_only(self):
		seen = self.seen_by(self.boss.user_id, self.denied)["standing"]
		self.assertEqual(
			seen,
			{
				"outcome": "Not Eligible",
				"label": "Not Eligible",
				"failed": ["Absence"],
				"unknown": [],
			},
		)

	def test_a_superior_of_the_superior_sees_the_days_only(self):
		seen = self.seen_by(self.chief.user_id, self.denied)
		self.assertIsNone(seen["standing"])
		self.assertEqual(len(seen["weeks"]), 2)

	def test_a_system_manager_sees_what_the_list_of_standings_shows_him(self):
		frappe.get_doc("User", self.colleague.user_id).add_roles("System Manager")
		seen = self.seen_by(self.colleague.user_id, self.denied)["standing"]
		self.assertEqual(sorted(seen), ["failed", "label", "outcome", "unknown"])

	def test_a_colleague_sees_nothing(self):
		self.assertEqual(self.seen_by(self.colleague.user_id, self.denied), {})
		self.assertEqual(self.seen_by(self.employee.user_id, self.boss), {})

	def test_without_permission_for_the_employee_nobody_asks(self):
		for user in (make_user("Website Manager"), "Guest"):
			with self.subTest(user), self.assertRaises(frappe.PermissionError):
				self.seen_by(user)

	def test_user_permissions_narrow_it(self):
		user = make_user("HR User")
		permission = {"doctype": "User Permission", "user": user, "allow": "Employee"}
		frappe.get_doc({**permission, "for_value": self.colleague.name}).insert(ignore_permissions=True)
		with self.assertRaises(frappe.PermissionError):
			self.seen_by(user)

	def test_one_applies_for_oneself_and_hr_for_anybody(self):
		hr = make_user("HR User")
		may = {
			user: self.seen_by(user)["may_apply"]
			for user in (self.employee.user_id, hr, self.boss.user_id, self.chief.user_id)
		}
		self.assertEqual(list(may.values()), [True, True, False, False])

	def test_somebody_who_left_has_nothing_to_show(self):
		frappe.db.set_value("Employee", self.employee.name, "status", "Left")
		self.assertEqual(self.seen_by(make_user("HR User")), {})

	def test_before_the_first_evaluation_it_says_so(self):
		frappe.db.delete(ELIGIBILITY, {"name": self.employee.name})
		seen = self.seen_by(self.employee.user_id)["standing"]
		self.assertEqual(seen, {"outcome": None, "label": "Not evaluated yet"})

	def test_it_speaks_the_language_of_the_reader(self):
		self.addCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		frappe.local.lang = "id"
		seen = self.seen_by(self.denied.user_id, self.denied)
		self.assertEqual(seen["standing"]["label"], "Tidak Memenuhi Syarat")
		self.assertIn("3 kali tidak hadir", seen["standing"]["reasons"][0]["sentence"])
		self.assertEqual(seen["weeks"][0]["days"][0]["label"], "Kantor")
		self.assertEqual(seen["weeks"][0]["days"][0]["weekday"], "Sen")


class TestConnections(FormCase):
	def test_the_group_holds_doctypes_that_know_the_employee(self):
		links = frappe.get_meta("Employee").get_dashboard_data()
		(group,) = [group for group in links.transactions if group["label"] == "MKD"]
		self.assertIn(REQUEST, group["items"])
		for doctype in group["items"]:
			field = links.non_standard_fieldnames.get(doctype, links.fieldname)
			self.assertTrue(frappe.get_meta(doctype).has_field(field), doctype)
		# What the platform and Frappe HR brought is still there.
		self.assertIn("Leave", [group["label"] for group in links.transactions])
