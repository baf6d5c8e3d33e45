"""What a save of a request leaves out must not be missed: the rows are those that Frappe itself would have left."""

import pickle
from unittest.mock import patch

import frappe
from frappe.utils.background_jobs import get_queue

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.platform import deferred_notifications
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.tests.support.factories import act, applied, draft, officer, working_days_before
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.whole_way import as_outside_a_test
from mkd_hrms.tests.support.world import COUNTER, TODAY


class TestOpenActions(RequestCase):
	def actions(self, request):
		actions = frappe.get_all(
			"Workflow Action",
			filters={"reference_doctype": REQUEST, "reference_name": request.name},
			fields=["name", "workflow_state", "status", "completed_by", "completed_by_role"],
		)
		return sorted(
			(
				action.workflow_state,
				action.status,
				action.completed_by,
				action.completed_by_role,
				*sorted(
					frappe.get_all("Workflow Action Permitted Role", {"parent": action.name}, pluck="role")
				),
			)
			for action in actions
		)

	def courses(self):
		"""Requests on every way through the Workflow, each by people of its own."""
		boss, hr = self.boss.user_id, self.hr
		written = draft(self.person(), WEEK[:1])
		waiting = applied(self.person(), WEEK[:1])
		approved = act(applied(self.person(), WEEK[:1]), "Approve", boss)
		rejected = act(applied(self.person(), WEEK[:1]), "Reject", boss)
		withdrawn = applied(self.employee, WEEK[:1])
		withdrawn = act(withdrawn, "Withdraw", self.employee.user_id)
		denied = applied(self.person(designation=COUNTER), WEEK[:1])
		unknown = applied(self.person(employment_type=None), WEEK[:1])
		without_superior = act(applied(self.person(reports_to=None), WEEK[:1]), "Approve", hr)
		cancelled = act(act(applied(self.person(), WEEK[:1]), "Approve", boss), "Cancel", hr)
		requests = (waiting, approved, rejected, withdrawn, denied, unknown, without_superior, cancelled)
		requests = (written, *requests)
		return [(request.status, self.actions(request)) for request in requests]

	def test_they_are_those_that_frappe_would_have_written_where_somebody_waits(self):
		self.hr = officer()
		self.employee = self.person()
		ours = self.courses()
		self.employee = self.person()
		# Where ours leaves them alone, Frappe settles them.
		with patch.object(open_actions, "settle", lambda request: None):
			theirs = self.courses()
		for one in (ours, theirs):
			for _status, actions in one:
				self.assertTrue(actions)
		self.assertEqual(self.asked_in(ours), self.asked_in(theirs))
		for status, actions in ours:
			left = {state for state, done, *_rest in actions if done == "Open"}
			waits = {status} & {"Draft", "Pending Approval", "Pending HR Review"}
			self.assertEqual(left, waits, status)
			for _state, done, _by, _role, *asked in actions:
				self.assertEqual(bool(asked), done == "Open", (status, actions))

	def asked_in(self, courses):
		"""Whoever acted is another person each time; that somebody is noted is what counts.

		Frappe also opens an action where all that can still be done is to cancel, and keeps the roles that were asked.
		"""
		settled = open_actions.states_without_question(REQUEST)
		self.assertIn("Approved", settled)
		return [
			(
				status,
				[
					(state, done, bool(by), role, *(asked if done == "Open" else ()))
					for state, done, by, role, *asked in actions
					if state not in settled
				],
			)
			for status, actions in courses
		]


class TestRows(RequestCase):
	def test_unchanged_rows_stay_and_follow_the_docstatus(self):
		request = draft(self.person(), WEEK[:4])
		before = [row.name for row in request.dates]
		request = act(act(request, "Apply", request.owner), "Approve", self.boss.user_id)
		stored = frappe.get_all(
			"MKD Request Date",
			filters={"parent": request.name},
			fields=["name", "docstatus", "mkd_date", "iso_week"],
			order_by="idx",
		)
		self.assertEqual([row.name for row in stored], before)
		self.assertEqual({row.docstatus for row in stored}, {1})
		self.assertEqual([row.mkd_date for row in stored], WEEK[:4])

	def test_a_draft_gets_other_rows(self):
		request = draft(self.person(), WEEK[:3])
		with acting_as(request.owner):
			request.set("dates", [{"mkd_date": day} for day in (WEEK[4], WEEK[0])])
			request.append("work_plan", {"activity": "Menyusun", "output": "Naskah"})
			request.save()
		stored = frappe.get_doc(REQUEST, request.name)
		self.assertEqual([row.mkd_date for row in stored.dates], [WEEK[0], WEEK[4]])
		self.assertEqual([row.idx for row in stored.dates], [1, 2])
		self.assertEqual([row.output for row in stored.work_plan], ["Naskah"])


class TestLinks(RequestCase):
	def test_an_employee_who_does_not_exist_is_refused(self):
		with acting_as(self.employee.user_id), self.assertRaises(frappe.DoesNotExistError):
			frappe.get_doc(
				{"doctype": REQUEST, "employee": "Nobody", "dates": [{"mkd_date": WEEK[0]}], "reason": "x"}
			).insert()

	def test_what_is_taken_from_the_employee_is_not_the_callers(self):
		employee = self.person()
		request = draft(employee, WEEK[:1], department="No Such Unit", company="No Such Company")
		stored = frappe.get_doc(REQUEST, request.name)
		self.assertEqual(
			(stored.department, stored.company, stored.employee_user),
			(employee.department, employee.company, employee.user_id),
		)


class TestCalendars(RequestCase):
	def test_a_new_holiday_counts_in_the_next_request(self):
		applied(self.person(), WEEK[:1])
		holidays = frappe.get_doc("Holiday List", "Libur 2026")
		holidays.append("holidays", {"holiday_date": WEEK[1], "description": "Libur mendadak"})
		holidays.save()
		request = draft(self.person(), WEEK[:2])
		self.assertEqual([row.mkd_date for row in request.dates], WEEK[:1])
		self.assertIn("Libur mendadak", request.skipped_dates)


class TestNoticesByAWorker(RequestCase):
	def job(self, request):
		"""What the worker is given when a request has been applied for; it is packed on its way."""
		job = {
			"alerts": ["MKD Request Waits For Approval", "MKD Request Denied"],
			"snapshot": deferred_notifications.snapshot(request),
			"old": {"status": "Draft", "approver": None},
			"lang": "en",
		}
		return pickle.loads(pickle.dumps(job))

	def test_a_notice_speaks_of_the_request_as_it_stood(self):
		"""The worker may come to it after the superior has decided."""
		request = applied(self.person(), WEEK[:1])
		job = self.job(request)
		act(request, "Approve", self.boss.user_id)
		asked = {"for_user": self.boss.user_id, "document_name": request.name}
		before = frappe.db.count("Notification Log", asked)
		deferred_notifications.send(**job)
		self.assertEqual(frappe.db.count("Notification Log", asked), before + 1)

	def test_whoever_acts_does_not_wait_for_it(self):
		employee = self.person()
		frappe.db.commit()
		with as_outside_a_test():
			request = applied(employee, WEEK[:1])
			self.assertEqual(self.queued(request), 0)
			frappe.db.commit()
		self.assertEqual(self.queued(request), 1)
		self.assertFalse(frappe.db.exists("Notification Log", {"document_name": request.name}))

	def queued(self, request):
		arguments = [job.kwargs["kwargs"] for job in get_queue("default").jobs if job.kwargs.get("kwargs")]
		return sum(one.get("snapshot", {}).get("name") == request.name for one in arguments)

	def test_findings_are_no_part_of_what_a_worker_is_given(self):
		absent = working_days_before(TODAY, 3)
		request = applied(self.person(designation=COUNTER, absent_on=absent), WEEK[:1])
		with acting_as(request.owner):
			self.assertTrue(request.findings)
			self.assertNotIn("findings", deferred_notifications.snapshot(request))
