"""More requests than somebody waits for: a worker decides each, and whoever asked reads what became of each."""

import json
from unittest.mock import patch

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.overrides.functions import workflow
from mkd_hrms.services.platform import many_at_once
from mkd_hrms.tasks import decide_many
from mkd_hrms.tests.support.http_world import HTTPCase, head, open_house, person, stored, subordinate, week
from mkd_hrms.tests.support.people import acting_as

setUpModule = open_house

LOG = "Notification Log"


class TestManyAtOnce(HTTPCase):
	def test_each_is_decided_or_says_why_not(self):
		mine = self.applied(subordinate(), week()[:1])
		others = self.applied(person(reports_to=person()), week()[:1])
		frappe.db.rollback()
		user = head().user_id
		with acting_as(user):
			decide_many(REQUEST, [others, mine, "MKD-0"], "Approve")
		self.addCleanup(self.forget, user)
		self.stands(mine, "Approved", ["Approved"])
		self.assertEqual(stored(others).status, "Pending Approval")
		told = frappe.get_all(
			LOG, {"for_user": user}, ["subject", "email_content"], order_by="creation desc", limit=1
		)[0]
		self.assertEqual(told.subject, "Approve: done for 1, not for 2.")
		self.assertIn(f"{mine}: Approve", told.email_content)
		for name in (others, "MKD-0"):
			self.assertRegex(told.email_content, rf"{name}: \w")

	def forget(self, user):
		frappe.db.delete(LOG, {"for_user": user})
		frappe.db.commit()

	def test_few_are_decided_at_once_and_more_are_left_to_a_worker(self):
		few, far_too_many = many_at_once.INLINE - 1, many_at_once.MOST + 1
		for number, left in ((few, 0), (many_at_once.INLINE, 1), (far_too_many, 0)):
			names = json.dumps([f"MKD-{each}" for each in range(number)])
			with (
				patch("frappe.enqueue") as queued,
				patch.object(workflow.workflow, "bulk_workflow_approval") as at_once,
			):
				workflow.bulk_workflow_approval(names, REQUEST, "Approve")
			self.assertEqual((queued.call_count, at_once.call_count), (left, 1 - left), number)
