"""Since when somebody holds his present post (rule E3), by each document that can say it, on the site and in files."""

from dataclasses import replace
from datetime import date

import frappe

from mkd_hrms.policy import packs
from mkd_hrms.services.policies.documents import document_from, policy_from
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.exported import Files
from mkd_hrms.tests.support.frozen import MONDAY, RequestCase
from mkd_hrms.tests.support.people import make_employee
from mkd_hrms.tests.support.world import ANALYST, CLERK, COMPANY, OFFICE, SERVICE_BACK_OFFICE, TODAY, unit

JOINED, MOVED = date(2020, 1, 1), date(2026, 6, 1)


def changed(field, before, after):
	return {"property": field.title(), "fieldname": field, "current": before, "new": after}


class TestThePresentPost(RequestCase):
	def clerk(self, **values):
		return make_employee(
			company=COMPANY, designation=CLERK, department=unit(OFFICE), date_of_joining=str(JOINED), **values
		)

	def promote(self, employee, day=MOVED):
		return self.submitted(
			"Employee Promotion",
			employee=employee.name,
			promotion_date=day,
			promotion_details=[changed("designation", CLERK, ANALYST)],
		)

	def transfer(self, employee, day=MOVED, **values):
		return self.submitted(
			"Employee Transfer",
			employee=employee.name,
			transfer_date=day,
			transfer_details=[changed("department", unit(OFFICE), unit(SERVICE_BACK_OFFICE))],
			**values,
		)

	def submitted(self, doctype, **values):
		return frappe.get_doc({"doctype": doctype, "company": COMPANY, **values}).insert().submit()

	def found(self, *employees, counts_from="Post"):
		"""By the site, which says what the files say: from when on, with which verdict, and why."""
		policy = replace(policy_on(COMPANY, MONDAY), new_counts_from=counts_from)
		names = [employee.name for employee in employees]
		judged = refresh.judge(COMPANY, policy, MONDAY, TODAY, names)
		on_site = {entry.person.employee: self.finding(entry.decision) for entry in judged}
		files = Files(employees, policy, MONDAY).judgement.people
		self.assertEqual({entry.person.employee: self.finding(entry.decision) for entry in files}, on_site)
		return [on_site[name] for name in names]

	def finding(self, decision):
		(found,) = [found for found in decision.findings if found.gate == "Not New"]
		return found.since, found.verdict.value, found.reason

	def test_each_document_says_when_the_post_began(self):
		promoted, moved, noted, unmoved = (self.clerk() for _n in range(4))
		self.promote(promoted)
		self.transfer(moved)
		noted.append("internal_work_history", {"designation": CLERK, "from_date": "2024-01-01"})
		noted.append("internal_work_history", {"department": unit(OFFICE), "from_date": MOVED})
		noted.save()
		new = (MOVED, "Fail", "new_in_post")
		everybody = (promoted, moved, noted, unmoved)
		self.assertEqual(self.found(*everybody), [new, new, new, (JOINED, "Pass", "served_long_enough")])
		served = [(JOINED, "Pass", "served_long_enough")] * 4
		self.assertEqual(self.found(*everybody, counts_from="Joining"), served)

	def test_what_was_cancelled_does_not_count(self):
		promoted, moved = self.clerk(), self.clerk()
		self.promote(promoted).cancel()
		self.transfer(moved).cancel()
		served = (JOINED, "Pass", "served_long_enough")
		self.assertEqual(self.found(promoted, moved), [served, served])

	def test_only_a_move_into_the_present_post_counts_and_saying_it_again_is_none(self):
		back, again = self.clerk(), self.clerk()
		for designation, day in ((CLERK, "2021-01-01"), (ANALYST, "2026-05-01")):
			back.append("internal_work_history", {"designation": designation, "from_date": day})
		for day in ("2022-03-01", "2026-05-01"):
			again.append("internal_work_history", {"designation": CLERK, "from_date": day})
		back.save()
		again.save()
		found = self.found(back, again)
		self.assertEqual([since for since, *_rest in found], [date(2021, 1, 1), date(2022, 3, 1)])

	def test_a_move_that_is_still_to_come_does_not_count_before_its_day(self):
		ahead = self.clerk()
		ahead.append("internal_work_history", {"designation": CLERK, "from_date": "2026-12-08"})
		ahead.save()
		self.assertEqual(self.found(ahead), [(JOINED, "Pass", "served_long_enough")])

	def test_a_transfer_to_a_new_record_is_the_start_of_its_post(self):
		transfer = self.transfer(self.clerk(), create_new_employee_id=1)
		new = frappe.get_doc("Employee", transfer.new_employee_id)
		self.assertEqual(self.found(new), [(MOVED, "Fail", "new_in_post")])

	def test_the_packs_keep_their_start_on_a_site(self):
		for pack, start in (("jabar-2023", "Joining"), ("permenpanrb-2025", "Post")):
			policy = policy_from(document_from(packs.load(pack)))
			self.assertEqual(policy.new_counts_from, start)

	def test_a_change_of_the_work_history_is_noted(self):
		employee = self.clerk()
		employee.bio = "Suka bersepeda"
		frappe.local.mkd_concerned = None
		employee.save()
		self.assertFalse(frappe.local.mkd_concerned)
		employee.append("internal_work_history", {"designation": CLERK, "from_date": "2026-03-01"})
		employee.save()
		self.assertTrue(frappe.local.mkd_concerned)
