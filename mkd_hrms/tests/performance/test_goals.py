"""A Goal with planned minutes follows verified reports; the goals above it and the appraisal follow it."""

import frappe

from mkd_hrms.services.performance import goal_progress
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.standing import changes_noted
from mkd_hrms.tests.support.appraisal_case import AppraisalCase
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY
from mkd_hrms.tests.support.other_process import forget_what_waits
from mkd_hrms.tests.support.people import acting_as


class TestGoals(AppraisalCase):
	def setUp(self):
		super().setUp()
		self.worker = self.approved((THURSDAY, FRIDAY))

	def test_progress_is_the_verified_share_of_the_plan(self):
		goal = self.goal(self.worker, 600)
		report = self.report(self.worker, activities=[self.activity(goal, 300)])
		self.assertEqual(self.progress(goal), 0)
		report.db_set("status", "Verified")
		self.assertEqual((self.progress(goal), self.status(goal)), (50, "In Progress"))
		# A second save of the same state adds nothing.
		report.db_set("verifier_note", "Baik")
		self.assertEqual(self.progress(goal), 50)
		self.verified(self.worker, goal, 480, on=FRIDAY)
		self.assertEqual((self.progress(goal), self.status(goal)), (100, "Completed"))
		self.take_back(report)
		self.assertEqual(self.progress(goal), 80)

	def status(self, goal):
		return frappe.db.get_value("Goal", goal.name, "status")

	def test_a_report_that_hr_cancels_counts_no_more(self):
		goal = self.goal(self.worker, 600)
		report = self.verified(self.worker, goal)
		frappe.get_doc("MKD Daily Report", report.name).cancel()
		self.assertEqual(self.progress(goal), 0)

	def test_it_rolls_up_to_the_goal_above_and_into_the_appraisal(self):
		kra, cycle = self.kra(), self.cycle(kra_evaluation_method="Automated Based on Goal Progress")
		common = {"kra": kra, "appraisal_cycle": cycle}
		parent = self.goal(self.worker, is_group=1, **common)
		goal = self.goal(self.worker, 600, parent_goal=parent.name, **common)
		self.goal(self.worker, parent_goal=parent.name, **common)
		appraisal = self.appraisal(self.worker, cycle, kra)
		self.verified(self.worker, goal)
		self.assertEqual(self.progress(parent), 25)
		self.assertEqual(frappe.db.get_value("Appraisal", appraisal.name, "goal_score_percentage"), 25)

	def test_a_goal_without_a_plan_is_left_to_people(self):
		goal = self.goal(self.worker)
		goal.update({"progress": 70}).save()
		self.verified(self.worker, goal)
		self.assertEqual(self.progress(goal), 70)

	def test_what_is_put_away_or_settled_stays(self):
		cycle = self.cycle()
		settled = self.goal(self.worker, 600, appraisal_cycle=cycle)
		closed = self.goal(self.worker, 600)
		frappe.db.set_value("Appraisal Cycle", cycle, "status", "Completed")
		frappe.db.set_value("Goal", closed.name, "status", "Closed")
		rows = [self.activity(settled, 200), self.activity(closed, 200)]
		self.report(self.worker, activities=rows).db_set("status", "Verified")
		self.assertEqual((self.progress(settled), self.progress(closed)), (0, 0))

	def test_nobody_types_the_progress_of_a_plan_or_plans_his_own(self):
		goal = self.goal(self.worker, 600)
		self.verified(self.worker, goal)
		goal.reload()
		with acting_as(self.worker.user_id):
			goal.update({"progress": 95}).save()
			self.assertEqual(self.progress(goal), 50)
			goal.mkd_target_minutes = 1
			self.assertRaises(frappe.PermissionError, goal.save)
		goal.reload()
		with acting_as(self.boss.user_id):
			goal.update({"mkd_target_minutes": 1200}).save()
		self.assertEqual(self.progress(goal), 25)

	def test_many_goals_need_no_more_queries_than_one(self):
		many = [self.goal(self.worker, 600) for _ in range(5)]
		for size in (1, 5):
			# One lock for each goal, and two queries for all of them.
			with self.subTest(size), self.assertQueryCount(size + 2):
				self.assertEqual(goal_progress.follow(goal.name for goal in many[:size]), [])

	def test_progress_and_feedback_evaluate_the_employee_again(self):
		cycle = self.cycle()
		appraisal = self.appraisal(self.worker, cycle)
		appraisal.submit()
		forget_what_waits()
		goal = self.goal(self.worker, appraisal_cycle=cycle)
		self.assertIn(self.worker.name, self.noted())
		goal.update({"progress": 40}).save()
		self.assertIn(self.worker.name, self.noted())
		goal.update({"description": "Bab dua"}).save()
		self.assertEqual(self.noted(), set())
		feedback = {"doctype": "Employee Performance Feedback", "employee": self.worker.name}
		feedback |= {"reviewer": self.boss.name, "appraisal": appraisal.name, "appraisal_cycle": cycle}
		criterion = frappe.get_doc(
			{"doctype": "Employee Feedback Criteria", "criteria": frappe.generate_hash(length=8)}
		).insert()
		rating = {"criteria": criterion.name, "per_weightage": 100, "rating": 0.8}
		doc = frappe.get_doc({**feedback, "feedback": "Baik", "feedback_ratings": [rating]}).insert()
		self.assertEqual(self.noted(), set())
		for act in (doc.submit, doc.cancel):
			act()
			self.assertIn(self.worker.name, self.noted())
		goal.delete()
		self.assertIn(self.worker.name, self.noted())

	def noted(self):
		frappe.db.commit()
		entries = {frappe.parse_json(entry)[1] for entry in work_queue.take(changes_noted.INBOX)}
		forget_what_waits()
		return entries
