"""Who may act on an objection: the rule, the form and the controller agree for every state, action and person (W13)."""

import frappe

from mkd_hrms.constants import (
	DISMISS,
	DISMISSED,
	FILE_OBJECTION,
	OBJECTION,
	PENDING_DECISION,
	SUSPENSION,
	UPHELD,
	UPHOLD,
	WITHDRAW,
	WITHDRAWN,
)
from mkd_hrms.services.objections import actors, states
from mkd_hrms.tests.support.actors_case import ActorsCase, Situation
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move, objection
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user

LEADS_TO = {UPHOLD: UPHELD, DISMISS: DISMISSED, WITHDRAW: WITHDRAWN}
DECIDE = {"officer", "manager"}
MAY = {UPHOLD: DECIDE, DISMISS: DECIDE}


class TestActors(ActorsCase, ObjectionCase):
	MACHINE, ACTORS = states, actors

	def setUp(self):
		super().setUp()
		self.others = {
			"superior": self.boss.user_id,
			"officer": self.officer,
			"manager": self.manager,
			"hr user": make_user("HR User", "Employee"),
			"stranger": self.person().user_id,
		}

	def assert_may(self, document, leads_to, may, **parts):
		"""The reason is written: what is left to ask is who somebody is."""
		frappe.db.set_value(OBJECTION, document.name, "decision_reason", "Data presensi keliru")
		self.assert_agree(Situation(self.stored(document), {**parts, **self.others}, leads_to, may))

	def test_a_draft(self):
		employee, request = self.denied()
		may = {FILE_OBJECTION: {"employee", "officer", "manager", "hr user"}}
		draft = objection(request, employee)
		self.assert_may(draft, {FILE_OBJECTION: PENDING_DECISION}, may, employee=employee.user_id)

	def test_what_the_employee_filed(self):
		employee, request = self.denied()
		may = {**MAY, WITHDRAW: {"employee"}}
		self.assert_may(filed(request, employee), LEADS_TO, may, employee=employee.user_id)

	def test_who_filed_it_for_him_withdraws_it_and_does_not_decide(self):
		employee, request = self.denied()
		filer = officer()
		document = move(objection(request, employee, user=filer), FILE_OBJECTION, filer)
		may = {**MAY, WITHDRAW: {"employee", "filer"}}
		self.assert_may(document, LEADS_TO, may, employee=employee.user_id, filer=filer)

	def test_somebody_in_hr_decides_nothing_about_himself(self):
		employee, request = self.denied()
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		may = {**MAY, WITHDRAW: {"employee of hr"}}
		self.assert_may(filed(request, employee), LEADS_TO, may, **{"employee of hr": employee.user_id})

	def test_who_took_part_in_the_decision_does_not_decide_again(self):
		employee, giver = self.person(), officer()
		period = {"from_date": WEEK[0], "to_date": "2026-12-18", "ground": "Pelanggaran"}
		with acting_as(giver):
			measure = frappe.get_doc({"doctype": SUSPENSION, "employee": employee.name, **period}).insert()
			measure.submit()
		may = {**MAY, WITHDRAW: {"employee"}}
		document = filed(measure, employee)
		self.assert_may(document, LEADS_TO, may, employee=employee.user_id, giver=giver)

	def test_what_is_over_offers_nothing(self):
		for action, part in ((WITHDRAW, "employee"), (DISMISS, "officer")):
			employee, request = self.denied()
			document = filed(request, employee)
			people = {"employee": employee.user_id, **self.others}
			values = {"decision_reason": "Data presensi keliru"} if action == DISMISS else {}
			move(document, action, people[part], **values)
			self.assert_may(document, {}, {}, employee=employee.user_id)
