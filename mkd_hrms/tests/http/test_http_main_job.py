"""The main job through the browser: an employee applies, the rules answer, his superior decides."""

import json
from datetime import timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	days_of,
	head,
	officer,
	open_house,
	requests_of,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.world import COUNTER, UNCLASSIFIED, holiday_list

setUpModule = open_house


class TestApplyingAndApproving(HTTPCase):
	def test_an_employee_applies_for_three_days_and_his_superior_approves_them(self):
		employee = subordinate()
		name = self.drafted(employee, week()[:3])
		self.assertEqual(self.stands(name, "Draft", []).owner, employee.user_id)
		answer = self.ok(act(employee.user_id, name, "Apply"))
		self.assertEqual((answer["status"], answer["approver"]), ("Pending Approval", head().user_id))
		self.stands(name, "Pending Approval", ["Pending"] * 3)
		answer = self.ok(act(head().user_id, name, "Approve"))
		self.assertEqual((answer["status"], answer["docstatus"]), ("Approved", 1))
		request = self.stands(name, "Approved", ["Approved"] * 3)
		self.assertEqual([day.mkd_date for day in days_of(name)], week()[:3])
		self.assertEqual((request.decided_by, request.applied_by), (head().user_id, employee.user_id))
		self.assertEqual(
			[evaluation["stage"] for evaluation in json.loads(request.findings)["evaluations"]],
			["Application", "Approval"],
		)
		self.assertFalse(
			frappe.db.exists("Attendance", {"employee": employee.name, "attendance_date": week()[0]})
		)

	def test_a_rejected_request_gives_its_days_back_and_the_employee_can_apply_again(self):
		employee = subordinate()
		name = self.applied(employee, week()[:4])
		self.ok(act(head().user_id, name, "Reject"))
		self.stands(name, "Rejected", ["Released"] * 4)
		self.stands(self.applied(employee, week()[:4]), "Pending Approval", ["Pending"] * 4)

	def test_a_user_of_the_self_service_type_does_the_same(self):
		employee = subordinate(with_user=False)
		user = make_user(user_type="Employee Self Service")
		employee.reload()
		employee.user_id = user
		employee.save(ignore_permissions=True)
		frappe.db.commit()
		self.assertEqual(frappe.db.get_value("User", user, "user_type"), "Employee Self Service")
		self.assertNotIn("Employee", frappe.get_roles(user))
		name = self.applied(employee, week()[:3], user=user)
		self.assertEqual(self.ok(browser(user).resource("MKD Request", name))["status"], "Pending Approval")
		self.ok(act(head().user_id, name, "Approve"))
		self.stands(name, "Approved", ["Approved"] * 3)


class TestWhoApplies(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()

	def test_an_officer_applies_on_behalf_and_the_request_says_so(self):
		officer, other_officer = user_with("MKD Officer", "Employee"), user_with("MKD Officer")
		name = self.applied(self.employee, week()[:2], user=officer)
		request = self.stands(name, "Pending Approval", ["Pending"] * 2)
		self.assertEqual((request.on_behalf, request.applied_by), (1, officer))
		self.assertEqual(request.approver, head().user_id)
		self.refused(act(officer, name, "Approve"), "Self approval is not allowed")
		self.refused(
			act(other_officer, name, "Approve"), f"Only {self.employee.employee_name}'s superior decides"
		)
		self.stands(name, "Pending Approval", ["Pending"] * 2)

	def test_a_superior_cannot_apply_for_his_report(self):
		before = requests_of(self.employee)
		response = browser(head().user_id).insert(factories.asked(self.employee, week(1)[:1]))
		self.refused(response, "You can apply for yourself only.")
		self.assertEqual(requests_of(self.employee), before)
		name = self.drafted(self.employee, week(1)[:1])
		self.refused(act(head().user_id, name, "Apply"))
		self.stands(name, "Draft", [])

	def test_a_colleague_cannot_apply_for_another_nor_hand_his_draft_over(self):
		colleague, before = subordinate(), requests_of(self.employee)
		client = browser(colleague.user_id)
		self.refused(
			client.insert(factories.asked(self.employee, week(1)[:1])), "You can apply for yourself only."
		)
		name = self.drafted(colleague, week(1)[:1])
		response = client.set_value("MKD Request", name, employee=self.employee.name)
		self.refused(response, "does not have access")
		self.assertEqual(stored(name).employee, colleague.name)
		self.assertEqual(requests_of(self.employee), before)


class TestMessagesOnADraft(HTTPCase):
	"""What does not fit is said on the draft, and nothing of it is stored."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()
		case = cls()
		cls.taken = case.applied(cls.employee, week()[:4])
		cls.draft = case.drafted(cls.employee, week(1)[:2])

	def refused_on_the_draft(self, dates, *words):
		"""Neither a new draft nor a changed one takes the dates."""
		before, client = requests_of(self.employee), browser(self.employee.user_id)
		self.refused(client.insert(factories.asked(self.employee, dates)), *words)
		self.assertEqual(requests_of(self.employee), before)
		rows = [{"mkd_date": str(day)} for day in dates]
		self.refused(client.set_value("MKD Request", self.draft, dates=rows, reason="Changed"), *words)
		request = self.stands(self.draft, "Draft", [])
		self.assertEqual([row.mkd_date for row in request.dates], week(1)[:2])
		self.assertNotEqual(request.reason, "Changed")
		self.stands(self.taken, "Pending Approval", ["Pending"] * 4)

	def test_a_fifth_day_is_refused_with_week_limit_used_and_asked(self):
		year, number, _day = week()[4].isocalendar()
		self.refused_on_the_draft(week()[4:], f"{year}-W{number:02d}", "limit 4", "used 4", "asked 1")

	def test_five_days_at_once_name_each_week_that_is_too_full(self):
		other = [day.isocalendar() for day in (week()[4], week(1)[0])]
		names = [f"{year}-W{number:02d}" for year, number, _day in other]
		self.refused_on_the_draft([week()[4], *week(1)], *names, "used 4, asked 1", "used 0, asked 5")

	def test_an_overlap_names_the_other_request(self):
		self.refused_on_the_draft([week()[0], week(1)[0]], self.taken, "Pending")

	def test_a_draft_that_fitted_is_refused_when_the_week_has_filled_up_meanwhile(self):
		first, second = (self.drafted(self.employee, days) for days in (week(2)[:3], week(2)[3:]))
		self.ok(act(self.employee.user_id, first, "Apply"))
		self.refused(act(self.employee.user_id, second, "Apply"), "limit 4", "used 3", "asked 2")
		self.stands(second, "Draft", [])
		self.assertFalse(stored(second).findings)


class TestDenied(HTTPCase):
	def denied(self, employee, gate, *words):
		"""The refusal is a record: closed, explained, open to objection."""
		name = self.drafted(employee, week()[:2])
		answer = self.ok(act(employee.user_id, name, "Apply"))
		self.assertEqual((answer["status"], answer["failed_gates"]), ("Denied", gate))
		request = self.stands(name, "Denied", [])
		self.assertEqual((request.outcome, request.failed_gates), ("Not Eligible", gate))
		self.assertEqual(request.objection_until, getdate() + timedelta(days=14))
		self.assertIn(gate, request.findings)
		explained = self.ok(browser(employee.user_id).call("mkd_hrms.api.explain", request=name))
		failing = [line for line in explained["findings"] if line["verdict"] == "Fail"]
		self.assertEqual({line["gate"] for line in failing}, {gate})
		for word in words:
			self.assertIn(word, failing[0]["sentence"])
		self.closed(employee, name)

	def closed(self, employee, name):
		client = browser(employee.user_id)
		before = stored(name)
		self.refused(client.set_value("MKD Request", name, reason="Please"), "closed", "objection")
		self.refused(client.delete(f"/api/resource/MKD Request/{name}"))
		for user in (employee.user_id, head().user_id):
			for action in ("Apply", "Approve", "Withdraw"):
				self.refused(act(user, name, action))
		self.assertEqual(stored(name).as_dict(), before.as_dict())

	def test_an_excluded_role_is_denied(self):
		self.denied(subordinate(designation=COUNTER), "Role")

	def test_the_third_unexcused_absence_denies_and_the_second_does_not(self):
		twice = subordinate(absent_on=absences(2))
		self.stands(self.applied(twice, week()[:1]), "Pending Approval", ["Pending"])
		self.denied(subordinate(absent_on=absences(3)), "Absence", "3 unexcused absences", "PP 94/2021")

	def test_a_sanction_in_process_denies(self):
		employee = subordinate()
		case = {"doctype": "MKD Discipline Record", "employee": employee.name, "level": "Medium"}
		case = frappe.get_doc({**case, "stage": "In Process", "from_date": str(absences(1)[0])}).insert()
		case.submit()
		frappe.db.commit()
		self.denied(employee, "Discipline")


class TestUnknown(HTTPCase):
	def reviewed(self, employee, gates):
		name = self.drafted(employee, week()[:2])
		response = act(employee.user_id, name, "Apply")
		answer = self.ok(response)
		self.assertEqual((answer["status"], answer["unknown_gates"]), ("Pending HR Review", gates))
		self.assertEqual(messages(response), [])
		request = self.stands(name, "Pending HR Review", ["Pending"] * 2)
		self.assertEqual((request.outcome, request.unknown_gates), ("Needs Review", gates))
		self.assertFalse(request.objection_until)
		self.refused(act(head().user_id, name, "Approve"))
		self.stands(name, "Pending HR Review", ["Pending"] * 2)
		return name

	def test_an_unclassified_role_goes_to_hr(self):
		self.reviewed(subordinate(designation=UNCLASSIFIED), "Role")

	def test_a_missing_or_stale_result_goes_to_hr_and_the_employee_can_withdraw(self):
		employee = subordinate()
		frappe.db.delete("MKD Performance Record", {"employee": employee.name})
		frappe.db.commit()
		missing = self.reviewed(employee, "Performance, Freshness")
		self.ok(act(employee.user_id, missing, "Withdraw"))
		self.stands(missing, "Withdrawn", ["Released"] * 2)
		factories.rate(
			employee.name, "Baik", factories.last_year_end(getdate()).replace(year=getdate().year - 2)
		)
		frappe.db.commit()
		self.reviewed(employee, "Freshness")


class TestTimeAndChange(HTTPCase):
	"""Rules W1, W2, W8, W11 and W12, each by whoever does it in his own browser."""

	def test_how_late_and_how_far_one_applies(self):
		employee, today = subordinate(), getdate()
		client = browser(employee.user_id)
		yesterday = factories.working_days_before(today, 1)
		self.refused(client.insert(factories.asked(employee, yesterday)), "is over")
		far = [week()[0] + timedelta(days=98)]
		self.refused(client.insert(factories.asked(employee, far)), "too far ahead")
		name = self.drafted(employee, week(3)[:1])
		# What a browser says about it counts for nothing.
		self.ok(client.set_value("MKD Request", name, urgent=1))
		self.assertEqual(stored(name).urgent, 0)

	def test_a_weekly_pattern_is_signed_once_and_taken_back_by_who_has_it(self):
		employee, colleague = subordinate(), subordinate()
		day, last = week()[1], getdate() + timedelta(days=300)
		values = {"request_type": "Weekly Pattern", "from_date": str(day), "to_date": str(last), "tuesday": 1}
		name = self.applied(employee, [], **values)
		self.ok(act(head().user_id, name, "Approve"))
		request = stored(name)
		self.assertEqual((request.pattern_state, request.to_date), ("Running", last))
		self.assertLess(request.made_until, last)
		for who, values in ((employee, {"made_until": str(last)}), (head(), {"pattern_state": "Ended"})):
			browser(who.user_id).set_value("MKD Request", name, **values)
			self.assertEqual(stored(name).made_until, request.made_until)
			self.assertEqual(stored(name).pattern_state, "Running")
		for user in (colleague.user_id, head().user_id):
			self.refused(browser(user).call("mkd_hrms.api.end_pattern", request=name))
		self.ok(browser(employee.user_id).call("mkd_hrms.api.end_pattern", request=name))
		request = stored(name)
		self.assertEqual((request.pattern_state, request.status), ("Ended", "Revoked"))
		self.assertEqual({row.status for row in days_of(name)}, {"Released"})

	def test_the_employee_takes_a_day_back_and_nobody_else_does_in_his_place(self):
		employee, colleague = subordinate(), subordinate()
		name = self.approved(employee, week()[:2])
		dates, withdraw = [str(week()[0])], "mkd_hrms.api.withdraw_days"
		for user in (colleague.user_id, head().user_id):
			self.refused(browser(user).call(withdraw, request=name, dates=dates))
		self.ok(browser(employee.user_id).call(withdraw, request=name, dates=dates))
		self.stands(name, "Approved", ["Released", "Approved"])

	def test_a_holiday_that_hr_adds_gives_the_day_back(self):
		employee, day = subordinate(), week()[2]
		holidays = frappe.copy_doc(frappe.get_doc("Holiday List", holiday_list(day.year)))
		holidays.update({"holiday_list_name": f"Libur {employee.name}"}).insert(ignore_permissions=True)
		frappe.db.set_value("Employee", employee.name, "holiday_list", holidays.name)
		frappe.db.commit()
		name = self.approved(employee, [day])
		client = browser(user_with("HR Manager"))
		rows = self.ok(client.resource("Holiday List", holidays.name))["holidays"]
		rows.append({"holiday_date": str(day), "description": "Cuti bersama"})
		self.ok(client.set_value("Holiday List", holidays.name, holidays=rows))
		self.assertEqual([row.status for row in days_of(name)], ["Released"])
		self.assertEqual(stored(name).status, "Revoked")
		frappe.db.set_value("Employee", employee.name, "holiday_list", None)
		frappe.delete_doc("Holiday List", holidays.name, force=True)
		frappe.db.commit()

	def test_a_sanction_that_hr_enters_suspends_the_days_ahead(self):
		employee = subordinate()
		name = self.approved(employee, week()[:2])
		client = browser(officer())
		record = {"doctype": "MKD Discipline Record", "employee": employee.name, "level": "Light"}
		record |= {"stage": "In Force", "decree_no": "SK 9", "from_date": str(getdate())}
		record |= {"to_date": str(week()[4]), "docstatus": 1}
		self.ok(client.insert(record))
		self.assertEqual([row.status for row in days_of(name)], ["Suspended"] * 2)
		told = {"for_user": employee.user_id, "document_type": "MKD Day"}
		self.assertTrue(frappe.db.exists("Notification Log", told))
