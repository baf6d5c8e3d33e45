"""What tests of appraisals and goals share: a cycle, a goal, reports that were verified."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, VERIFIED
from mkd_hrms.tests.support.day_case import DayCase
from mkd_hrms.tests.support.world import COMPANY


class AppraisalCase(DayCase):
	def cycle(self, **values):
		name = frappe.generate_hash(length=8)
		dates = {"start_date": "2026-07-01", "end_date": "2026-12-31"}
		cycle = frappe.get_doc(
			{"doctype": "Appraisal Cycle", "cycle_name": name, "company": COMPANY, **dates}
		)
		return cycle.update(values).insert(ignore_mandatory=True).name

	def kra(self):
		name = frappe.generate_hash(length=8)
		return frappe.get_doc({"doctype": "KRA", "title": name}).insert().name

	def goal(self, employee, target=0, **values):
		goal = {"doctype": "Goal", "goal_name": "Naskah akademik", "employee": employee.name}
		goal |= {"start_date": "2026-07-01", "mkd_target_minutes": target}
		return frappe.get_doc({**goal, **values}).insert()

	def appraisal(self, employee, cycle, kra=None, **values):
		doc = {
			"doctype": "Appraisal",
			"employee": employee.name,
			"company": COMPANY,
			"appraisal_cycle": cycle,
		}
		if kra:
			doc["appraisal_kra"] = [{"kra": kra, "per_weightage": 100}]
		else:
			doc |= {"rate_goals_manually": 1, "goals": [{"kra": "Naskah", "per_weightage": 100, "score": 4}]}
		return frappe.get_doc({**doc, **values}).insert()

	def verified(self, employee, goal=None, minutes=300, **values):
		"""As whoever verifies leaves it: the state changes on the submitted report."""
		report = self.report(employee, activities=[self.activity(goal, minutes)], **values)
		report.db_set("status", VERIFIED)
		return report

	def activity(self, goal=None, minutes=300):
		return {
			"activity": "Menyusun",
			"output": "Naskah akademik",
			"minutes": minutes,
			"goal": goal and goal.name,
		}

	def take_back(self, report):
		frappe.get_doc(DAILY_REPORT, report.name).db_set("status", "Returned")

	def progress(self, goal):
		return frappe.db.get_value("Goal", goal.name, "progress")
