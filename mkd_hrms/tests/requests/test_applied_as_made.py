"""Applying for what is not stored yet: one save, and the same is left behind as of a draft that was applied for."""

import frappe
from frappe.model.workflow import WorkflowPermissionError

from mkd_hrms.constants import APPLY, PENDING_APPROVAL, REQUEST
from mkd_hrms.services.requests import answers
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.factories import applied, asked, days_of
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COUNTER

STATE = {"status": PENDING_APPROVAL, "workflow_state": PENDING_APPROVAL}
# What two requests of two people differ in.
OWN = (
	"name owner creation modified modified_by employee employee_name employee_user applied_by waits_since decided_on"
).split()


def made_applied(employee, dates, **values):
	"""As the form sends a new request with its button Apply."""
	with acting_as(employee.user_id):
		return frappe.get_doc(asked(employee, dates, **{**STATE, **values})).insert()


class TestAppliedAsMade(RequestCase):
	def both(self, days=WEEK[:2], values=None, **person):
		"""Two people in the same post: one stores a draft and applies, the other applies as he makes it."""
		first, second = self.person(**person), self.person(**person)
		values = values or {}
		return applied(first, days, **values), made_applied(second, days, **values)

	def fields(self, request):
		row = frappe.db.get_value(REQUEST, request.name, "*", as_dict=True)
		return {name: value for name, value in row.items() if name not in OWN}

	def left_behind(self, request):
		"""Beside the request: its days, its decision, whom it asks, its timeline, and who was told."""
		of = {"reference_doctype": REQUEST, "reference_name": request.name}
		record = frappe.get_all("MKD Decision Record", of, ["stage", "evaluated_by"])
		waits = frappe.get_all("Workflow Action", {**of, "status": "Open"}, ["name", "workflow_state"])
		roles = [
			sorted(frappe.get_all("Workflow Action Permitted Role", {"parent": action.name}, pluck="role"))
			for action in waits
		]
		told = frappe.get_all(
			"Notification Log",
			{"document_type": REQUEST, "document_name": request.name},
			["for_user", "type"],
		)
		by = {request.employee_user: "himself"}
		return {
			"days": [(day.mkd_date, day.status) for day in days_of(request)],
			"decisions": [(kept.stage, by.get(kept.evaluated_by, kept.evaluated_by)) for kept in record],
			"waits": [action.workflow_state for action in waits],
			"roles": roles,
			"comments": frappe.get_all("Comment", {**of, "comment_type": "Info"}, pluck="content"),
			"told": sorted((by.get(log.for_user, log.for_user), log.type) for log in told),
		}

	def assert_same(self, stored_first, at_once):
		self.assertEqual(self.fields(at_once), self.fields(stored_first))
		self.assertEqual(self.left_behind(at_once), self.left_behind(stored_first))

	def test_it_waits_for_the_superior_as_one_that_was_a_draft_before(self):
		stored_first, at_once = self.both()
		self.assertEqual((at_once.status, at_once.approver), (PENDING_APPROVAL, self.boss.user_id))
		self.assert_same(stored_first, at_once)
		left = self.left_behind(at_once)
		moves = {"reference_name": at_once.name, "comment_type": "Workflow"}
		self.assertEqual(frappe.get_all("Comment", moves, pluck="content"), [PENDING_APPROVAL])
		self.assertEqual([status for _day, status in left["days"]], ["Pending"] * 2)
		self.assertIn((self.boss.user_id, "Alert"), left["told"])

	def test_a_denial_is_the_same_record_with_the_same_notice(self):
		stored_first, at_once = self.both(designation=COUNTER)
		self.assertEqual(at_once.status, "Denied")
		self.assertTrue(at_once.objection_until)
		self.assert_same(stored_first, at_once)
		self.assertIn("himself", [who for who, _kind in self.left_behind(at_once)["told"]])

	def test_what_is_unknown_goes_to_hr(self):
		stored_first, at_once = self.both(employment_type=None)
		self.assertEqual(at_once.status, "Pending HR Review")
		self.assert_same(stored_first, at_once)

	def test_what_is_forgotten_is_asked_for_and_nothing_is_stored(self):
		employee = self.person()
		with self.assertRaises(answers.NotAnswered):
			made_applied(employee, WEEK[:1], has_computer="")
		self.assertFalse(frappe.db.exists(REQUEST, {"employee": employee.name}))
		self.assertFalse(frappe.db.exists("MKD Day", {"employee": employee.name}))

	def test_no_other_state_is_one_to_begin_in(self):
		for status in ("Approved", "Rejected", "Denied", "Pending HR Review", "Withdrawn", "Completed"):
			with self.subTest(status), self.assertRaises(MoveNotAllowed):
				made_applied(self.person(), WEEK[:1], status=status, workflow_state=status)
		with self.assertRaises(MoveNotAllowed):
			made_applied(self.person(), WEEK[:1], workflow_state="Draft")

	def test_a_colleague_does_not_apply_for_another(self):
		employee, colleague = self.person(), self.person()
		with acting_as(colleague.user_id), self.assertRaises(frappe.PermissionError):
			frappe.get_doc(asked(employee, WEEK[:1], **STATE)).insert()

	def test_who_has_no_role_for_applying_makes_a_draft_only(self):
		workflow = frappe.get_doc("Workflow", frappe.get_value("Workflow", {"document_type": REQUEST}))
		for row in workflow.transitions:
			if row.action == APPLY:
				row.allowed = "System Manager"
		workflow.save()
		employee = self.person()
		with self.assertRaises(WorkflowPermissionError):
			made_applied(employee, WEEK[:1])
		draft = made_applied(employee, WEEK[:1], status="Draft", workflow_state="Draft")
		self.assertEqual(draft.status, "Draft")
