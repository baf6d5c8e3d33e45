"""Days that were approved follow what changes afterwards (rule W12): suspended, approved again, or given back."""

from unittest.mock import patch

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY
from mkd_hrms.services.booked_days import apply_changes, recheck, withdrawal
from mkd_hrms.services.decisions import records
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.services.requests.transitions import ApprovalRefused
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.day_case import at
from mkd_hrms.tests.support.factories import act, applied, draft
from mkd_hrms.tests.support.frozen import MONDAY, WEEK
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.world import (
	COMPANY,
	COUNTER,
	OFFICE,
	SERVICE,
	TODAY,
	UNCLASSIFIED,
	other_company,
	unit,
)

APPROVED, SUSPENDED, RELEASED = "Approved", "Suspended", "Released"


class TestSuspended(RecheckCase):
	def test_a_day_whose_gate_fails_is_suspended_traced_and_told(self):
		employee = self.approved()
		self.sanction(employee, to_date="2026-12-07")
		for day in self.days(employee):
			self.assertEqual((day.status, day.suspended_gates), (SUSPENDED, "Discipline"))
			self.assertEqual(str(day.suspension_objection_until), "2026-12-09")
			record = frappe.get_doc("MKD Decision Record", day.recheck)
			self.assertEqual((record.stage, record.reference_name), ("Re-check", employee.request))
			self.assertIn("MKD Jawa Barat", record.findings)
		comments = frappe.get_all("Comment", {"reference_name": employee.request}, pluck="content")
		self.assertTrue(any("Objection possible until 09-12-2026" in text for text in comments), comments)
		self.assertFalse(any("Discipline" in text for text in comments), comments)

	def test_the_employee_reads_gate_clause_and_objection_and_the_superior_only_the_gate(self):
		employee = self.approved()
		self.sanction(employee)
		(told,) = self.told(employee.user_id)
		self.assertIn("Discipline: A disciplinary sanction (Light, In Force) counts from", told)
		self.assertIn("[PermenPANRB 4/2025 art. 25", told)
		self.assertIn("You may object until 09-12-2026", told)
		team = next(text for text in self.told(self.boss.user_id) if employee.employee_name in text)
		self.assertIn("(Discipline)", team)
		self.assertNotIn("Light", team)
		with acting_as(employee.user_id):
			self.assertIn("Re-check", frappe.get_doc("MKD Request", employee.request).findings)
		with acting_as(self.boss.user_id):
			self.assertIsNone(frappe.get_doc("MKD Request", employee.request).findings)

	def test_it_keeps_its_place_and_comes_back_when_the_cause_is_gone(self):
		employee = self.approved(WEEK[:4])
		cause = self.sanction(employee)
		self.assertEqual([day.slot for day in self.days(employee, status=SUSPENDED)], [1, 2, 3, 4])
		self.assertRaises(InvalidDays, draft, employee, WEEK[:1])
		cause.reload()
		cause.cancel()
		self.settle()
		for day in self.days(employee):
			self.assertEqual(
				(day.status, day.suspended_gates, day.suspension_objection_until), (APPROVED, None, None)
			)
		self.assertIn("approved again", self.told(employee.user_id)[-1])
		stages = [entry["stage"] for entry in records.kept("MKD Request", employee.request)]
		self.assertEqual(stages, ["Application", "Approval", "Re-check", "Re-check"])

	def test_only_the_dates_that_a_suspension_covers(self):
		employee = self.approved(WEEK[:3])
		self.suspend(employee, "2026-12-08", "2026-12-08")
		self.assertEqual(self.states(employee), [APPROVED, SUSPENDED, APPROVED])

	def test_a_pending_day_waits_for_its_approval_which_is_refused(self):
		employee = self.person()
		request = applied(employee, WEEK[:1])
		self.sanction(employee)
		self.assertEqual(self.states(employee), ["Pending"])
		self.assertRaises(ApprovalRefused, act, request, "Approve", self.boss.user_id)

	def test_what_is_unknown_neither_suspends_nor_brings_back(self):
		employee = self.approved()
		self.change(employee, designation=UNCLASSIFIED)
		self.assertEqual(self.states(employee), [APPROVED, APPROVED])
		cause = self.sanction(employee)
		cause.reload()
		cause.cancel()
		self.settle()
		self.assertEqual(self.states(employee), [SUSPENDED, SUSPENDED])

	def test_position_unit_and_type(self):
		for gate, values, back in (
			("Role", {"designation": COUNTER}, {"designation": "Analis Kebijakan"}),
			("Service Unit", {"department": unit(SERVICE)}, {"department": unit(OFFICE)}),
			("Type", {"employment_type": "CPNS"}, {"employment_type": "PNS"}),
			("Not New", {"date_of_joining": "2026-01-15"}, {"date_of_joining": "2020-01-01"}),
		):
			with self.subTest(gate):
				employee = self.approved()
				self.change(employee, **values)
				self.assertEqual({day.suspended_gates for day in self.days(employee)}, {gate})
				self.assertEqual({day.department for day in self.days(employee)}, {employee.department})
				self.change(employee, **back)
				self.assertEqual(self.states(employee), [APPROVED, APPROVED])

	def test_nothing_is_told_twice(self):
		employee = self.approved()
		self.sanction(employee)
		self.change(employee, contract_end_date="2028-12-31")
		self.assertEqual(len(self.told(employee.user_id)), 1)


class TestService(RecheckCase):
	def test_a_contract_that_ends_earlier_suspends_the_days_after_it(self):
		employee = self.approved(WEEK[:3])
		self.change(employee, contract_end_date="2026-12-08")
		self.assertEqual(self.states(employee), [APPROVED, APPROVED, SUSPENDED])
		self.assertIn("after the last day of service, 08-12-2026", self.told(employee.user_id)[0])
		self.change(employee, contract_end_date="2027-12-31")
		self.assertEqual(self.states(employee), [APPROVED] * 3)

	def test_whoever_is_not_active_is_suspended_until_he_is(self):
		employee = self.approved()
		self.change(employee, status="Suspended")
		self.assertEqual({day.suspended_gates for day in self.days(employee)}, {"Status"})
		self.change(employee, status="Active")
		self.assertEqual(self.states(employee), [APPROVED, APPROVED])

	def test_whoever_leaves_gives_back_the_days_after_his_last_one(self):
		employee = self.approved(WEEK[:3])
		self.change(employee, status="Left", relieving_date="2026-12-07")
		self.assertEqual(self.states(employee), [SUSPENDED, RELEASED, RELEASED])
		self.assertEqual([day.person for day in self.days(employee, status=RELEASED)], [None, None])
		self.assertEqual(frappe.db.get_value("MKD Request", employee.request, "status"), APPROVED)

	def test_without_any_day_left_the_request_stands_for_nothing(self):
		employee = self.approved()
		waiting = applied(employee, WEEK[3:4])
		self.change(employee, status="Left", relieving_date="2026-11-30")
		self.assertEqual(set(self.states(employee)), {RELEASED})
		self.assertEqual(frappe.db.get_value("MKD Request", employee.request, "status"), "Revoked")
		self.assertEqual(frappe.db.get_value("MKD Request", waiting.name, "status"), "Expired")

	def test_days_ahead_go_along_to_another_company(self):
		employee = self.approved()
		company = other_company()
		self.change(employee, company=company, department=None)
		self.assertEqual({(day.company, day.department) for day in self.days(employee)}, {(company, None)})


class TestTheTier(RecheckCase):
	THURSDAY = WEEK[3]

	def absent(self, employee, *days):
		for day in days:
			self.row(employee, day, status="Absent").insert().submit()
		self.settle()

	def test_a_tier_that_drops_in_mid_week_touches_only_the_days_ahead(self):
		employee = self.approved([*WEEK[:3], WEEK[4]])
		next_week = [day.replace(day=day.day + 7) for day in WEEK[:4]]
		self.approve(employee, next_week)
		with at(self.THURSDAY, 12):
			# One absence leaves three days a week: all of them are used.
			self.absent(employee, "2026-11-20")
			self.assertEqual(
				self.states(employee), [APPROVED] * 3 + [SUSPENDED] + [APPROVED] * 3 + [SUSPENDED]
			)
			# A second one leaves one: two more were used than that, and nothing is owed for them.
			self.absent(employee, "2026-11-19")
			self.assertEqual(self.states(employee), [APPROVED] * 3 + [SUSPENDED, APPROVED] + [SUSPENDED] * 3)
			self.assertEqual({day.suspended_gates for day in self.days(employee, status=SUSPENDED)}, {"Tier"})
			self.assertIn("earns 1 MKD days a week by now", self.told(employee.user_id)[-1])

	def test_the_place_of_a_day_that_is_withdrawn_goes_to_the_next_one(self):
		employee = self.approved(WEEK[:4])
		self.absent(employee, "2026-11-20")
		self.assertEqual(self.states(employee), [APPROVED] * 3 + [SUSPENDED])
		with acting_as(employee.user_id):
			withdrawal.withdraw_days(frappe.get_doc("MKD Request", employee.request), WEEK[1:2])
		self.change(employee, contract_end_date="2028-12-31")
		self.assertEqual(self.states(employee), [APPROVED, RELEASED, APPROVED, APPROVED])

	def test_a_day_by_circular_takes_a_place_and_stays_when_the_tier_drops(self):
		employee = self.approved(WEEK[:3])
		day = {"person": employee.name, "mkd_date": WEEK[4], "iso_week": "2026-W50", "slot": 4}
		place = {"company": COMPANY, "department": employee.department, "limit_at_booking": 4}
		source = {"source_doctype": COLLECTIVE_DAY, "source_name": "MKD-COL-2026-99999"}
		store_row(DAY, employee.name, **day, **place, **source, status=APPROVED)
		self.absent(employee, "2026-11-20")
		self.assertEqual(self.states(employee), [APPROVED, APPROVED, SUSPENDED, APPROVED])

	def test_a_holiday_or_leave_that_shortens_the_week_suspends_nothing(self):
		"""Such a week is listed for HR (rule W11)."""
		employee = self.approved(WEEK[:4])
		self.change(employee, holiday_list=self.with_a_holiday(WEEK[4]))
		self.assertEqual(self.states(employee), [APPROVED] * 4)

	def with_a_holiday(self, day):
		doc = frappe.copy_doc(frappe.get_doc("Holiday List", "Libur 2026"))
		doc.holiday_list_name = frappe.generate_hash(length=8)
		doc.append("holidays", {"holiday_date": day, "description": "Cuti bersama"})
		return doc.insert().name


class TestTheEnd(RecheckCase):
	def test_a_day_that_is_still_suspended_when_it_begins_is_given_back(self):
		employee = self.approved()
		self.suspend(employee)
		with at(MONDAY, 7, 29):
			withdrawal.end_suspended()
			self.assertEqual(self.states(employee), [SUSPENDED, SUSPENDED])
		with at(MONDAY, 7, 31):
			withdrawal.end_suspended()
			self.assertEqual(self.states(employee), [RELEASED, SUSPENDED])
			self.assertEqual(self.days(employee)[0].release_reason, "Suspended when the day began")
		with at(WEEK[1], 7, 31):
			withdrawal.end_suspended()
		self.assertEqual(self.states(employee), [RELEASED, RELEASED])
		self.assertEqual(frappe.db.get_value("MKD Request", employee.request, "status"), "Revoked")

	def test_a_suspended_day_can_be_withdrawn_and_its_request_cancelled(self):
		employee = self.approved(WEEK[:3])
		self.suspend(employee)
		request = frappe.get_doc("MKD Request", employee.request)
		with acting_as(employee.user_id):
			withdrawal.withdraw_days(request, WEEK[:1])
		request.reload()
		request.cancel()
		self.assertEqual(self.states(employee), [RELEASED] * 3)

	def test_a_day_that_another_changes_meanwhile_is_left_alone(self):
		employee = self.approved()
		with patch.object(apply_changes, "carry_out") as carried_out:
			self.suspend(employee)
		self.assertEqual(self.states(employee), [APPROVED, APPROVED])
		with acting_as(employee.user_id):
			withdrawal.withdraw_days(frappe.get_doc("MKD Request", employee.request), WEEK[:1])
		frappe.db.commit()
		apply_changes.carry_out(*carried_out.call_args.args)
		self.assertEqual(self.states(employee), [RELEASED, SUSPENDED])


class TestMany(RecheckCase):
	"""What follows is written one person after the other; what is asked is asked for all of them at once."""

	def setUp(self):
		super().setUp()
		self.people = [self.approved(WEEK[:1]) for _ in range(6)]
		frappe.db.commit()

	def test_the_listener_asks_no_more_about_many_than_about_few(self):
		tomorrow = frappe.utils.getdate(frappe.utils.add_days(TODAY, 1))
		names = [employee.name for employee in self.people]
		judged = refresh.judge(COMPANY, policy_on(COMPANY, tomorrow), tomorrow, TODAY, names)
		batch = [entry._replace(turns=MONDAY) for entry in judged]
		for size in (2, 6):
			with self.subTest(size), self.assertQueryCount(2):
				recheck.notice(batch[:size])
			# Undone, so that nothing is carried out.
			frappe.db.rollback()

	def test_nor_does_the_look_at_those_whom_nobody_evaluates(self):
		counts = set()
		for size in (2, 6):
			for employee in self.people[:size]:
				frappe.db.set_value("Employee", employee.name, "status", "Inactive")
			frappe.db.commit()
			with (
				patch.object(apply_changes, "carry_out") as carried_out,
				patch.object(frappe.db, "sql", wraps=frappe.db.sql) as asked,
			):
				recheck.look_after(COMPANY, [employee.name for employee in self.people])
			(changes,) = carried_out.call_args.args
			self.assertEqual(len(changes), size)
			counts.add(asked.call_count)
		self.assertEqual(len(counts), 1, counts)
