"""Every notice opens for everybody who gets it: the document that it names, or else the notice itself.

The unit's head decides here, everybody has the User Permissions that ERPNext gives, and a part of HR is limited to another
company. A new place that tells something is found by itself, and is missed until a scene below reaches it.
"""

from datetime import date
from pathlib import Path

import frappe
from frappe.desk.form.load import getdoc
from frappe.model.workflow import apply_workflow, get_workflow_name

from mkd_hrms.api import lift_suspension, recall_days, stop_pattern
from mkd_hrms.constants import (
	COLLECTIVE_DAY,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	DELEGATION,
	EARLY_WARNING,
	EVALUATION_RUN,
	OBJECTION,
	OFFICE_DAY,
	REQUEST,
	SUSPENSION,
	WAITING_PLACE,
	WARNING,
)
from mkd_hrms.services.collective_days import processing
from mkd_hrms.services.daily_reports import escalation
from mkd_hrms.services.day import reminders
from mkd_hrms.services.objections import procedure
from mkd_hrms.services.platform import many_at_once
from mkd_hrms.services.requests import escalation as passing_on
from mkd_hrms.services.requests import recurrence
from mkd_hrms.services.standing import early_warning_messages, early_warnings, refresh
from mkd_hrms.services.units import waiting_list
from mkd_hrms.tests.support import circulars, sent_notices
from mkd_hrms.tests.support.conduct_case import DAYS, ObjectionCase, filed, move
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, THURSDAY, at, leave_on
from mkd_hrms.tests.support.factories import act, applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.office import AT_OFFICE, assign, checkin_from, close_office, open_office
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.unit_case import declare_office_day, make_rule
from mkd_hrms.tests.support.world import COMPANY, TODAY, UNCLASSIFIED, other_company

MARK = "<u>"


class TestEveryNotice(ObjectionCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		other_company()
		cls.before = sent_notices.stored()
		cls.elsewhere = [make_user("MKD Officer"), make_user("HR Manager")]
		for user in cls.elsewhere:
			limit = {"doctype": "User Permission", "user": user, "allow": "Company"}
			frappe.get_doc({**limit, "for_value": other_company()}).insert()
		name = f"Biro {frappe.generate_hash(length=6)}"
		unit = {"doctype": "Department", "department_name": name, "company": COMPANY}
		heads = [{"approver": cls.boss.user_id}]
		cls.unit = frappe.get_doc({**unit, "leave_approvers": heads}).insert(ignore_permissions=True).name
		open_office()
		frappe.db.commit()
		cls.addClassCleanup(cls.clear)

	@classmethod
	def clear(cls):
		frappe.db.rollback()
		close_office()
		people = frappe.get_all("Employee", {"department": cls.unit}, pluck="name")
		for doctype in (
			OBJECTION,
			SUSPENSION,
			WARNING,
			EARLY_WARNING,
			DAY,
			DAY_SWAP,
			WAITING_PLACE,
			REQUEST,
			"Leave Application",
		):
			frappe.db.delete(doctype, {"employee": ("in", people)})
		for doctype in (COLLECTIVE_DAY, OFFICE_DAY):
			frappe.db.delete(doctype, {"department": cls.unit})
		frappe.db.delete(DELEGATION, {"approver": cls.boss.user_id})
		frappe.db.delete("Department Approver", {"parent": cls.unit})
		frappe.db.set_value("Employee", {"department": cls.unit}, {"department": None, "status": "Left"})
		frappe.db.delete("Department", {"name": cls.unit})
		sent_notices.forget_since(cls.before)
		for user in cls.elsewhere:
			frappe.db.delete("Has Role", {"parent": user})
		frappe.db.commit()

	def person(self, **values):
		"""Nobody has a superior: the head of the unit decides. A name is text, whatever it looks like."""
		named = {"last_name": f"{MARK}Rahasia"}
		return super().person(**{"reports_to": None, "department": self.unit, **named, **values})

	def test_every_notice_opens_for_everybody_who_gets_it(self):
		places, notifications = sent_notices.places(), sent_notices.notifications()
		with sent_notices.watched(places) as reached:
			for play in (
				self.play_requests,
				self.play_many_at_once,
				self.play_delegation,
				self.play_mail_of_the_workflow,
				self.play_waiting_list,
				self.play_absence_and_objection,
				self.play_reports,
				self.play_days_taken_back,
				self.play_leave_cancelled_afterwards,
				self.play_office,
				self.play_patterns_and_swaps,
				self.play_circular,
				self.play_warnings_and_runs,
				self.play_late_report_and_warning,
			):
				play()
				frappe.db.commit()
		missed = {f"{Path(file).stem}.{name}" for file, name in places - reached}
		self.assertEqual((missed, notifications - reached), (set(), set()))
		self.check_what_was_told()

	def check_what_was_told(self):
		seen = escaped = 0
		for user, named, notice in sent_notices.told_since(self.before):
			with self.subTest(
				user=user, named=named, notice=notice.get("subject") or notice.get("description")
			):
				seen += 1
				self.assertNotIn(user, self.elsewhere)
				self.assertTrue(sent_notices.opens(user, *(named or (notice.doctype, notice.name))))
				shown = [str(notice.get(field)) for field in ("subject", "email_content", "description")]
				# Who is assigned something is told by the platform, too, with the title that it takes from the document.
				if notice.get("type") != "Assignment":
					self.assertNotIn(MARK, " ".join(shown))
				escaped += "&lt;u&gt;" in " ".join(shown)
		self.assertGreater(seen, 10)
		self.assertGreater(escaped, 3)

	def play_requests(self):
		"""One waits for the head and is approved, one for HR, one is denied and contested."""
		approved = applied(self.person(), WEEK[:1])
		act(approved, "Approve", self.boss.user_id)
		self.assertEqual(applied(self.person(designation=UNCLASSIFIED), WEEK[:1]).status, "Pending HR Review")
		self.assertFalse(applied(self.person(department=None), WEEK[:1]).approver)
		employee, request = self.denied()
		filed(request, employee)
		applied(self.person(), WEEK[:1])
		frappe.db.commit()
		with at(date(2026, 12, 2), 9):
			self.assertGreater(passing_on.escalate(), 0)

	def play_many_at_once(self):
		"""The head decides more than he waits for."""
		request = applied(self.person(), WEEK[:1])
		frappe.db.commit()
		with acting_as(self.boss.user_id):
			many_at_once.decide(REQUEST, [request.name], "Approve")

	def play_delegation(self):
		"""Somebody begins to act for the head, for whom a request waits."""
		applied(self.person(), WEEK[:1])
		acting = {"approver": self.boss.user_id, "delegate": self.person().user_id, "decree_no": "SK 14"}
		with acting_as(self.officer):
			frappe.get_doc({"doctype": DELEGATION, **acting, "from_date": TODAY, "to_date": TODAY}).insert()

	def play_mail_of_the_workflow(self):
		"""An administrator lets the Workflow of requests send mail: whoever is asked gets it."""
		self.switch_mail(1)
		try:
			applied(self.person(), WEEK[:1])
		finally:
			self.switch_mail(0)

	def switch_mail(self, on):
		workflow = frappe.get_doc("Workflow", get_workflow_name(REQUEST))
		workflow.send_email_alert = on
		for row in workflow.states:
			row.send_email = on
		workflow.save()

	def play_waiting_list(self):
		"""One is rejected while the unit has no room, and then it has."""
		request, rule = applied(self.person(), WEEK[:1]), make_rule(self.unit, cap_percent=0)
		act(request, "Reject", self.boss.user_id)
		rule.delete()
		self.assertEqual(waiting_list.offer(), 1)

	def play_absence_and_objection(self):
		"""The head is asked, confirms; the employee loses MKD, HR is asked to look; he objects, late, and is heard."""
		employee = self.no_show()
		revocation = self.measure(SUSPENSION, employee)
		with at(FRIDAY, 12):
			objection = filed(revocation, employee)
		with at(date(2027, 1, 29), 9):
			self.assertGreater(procedure.escalate(), 0)
			move(objection, "Dismiss Objection", self.officer, decision_reason="Tidak ada bukti")

	def play_reports(self):
		"""One is not verified in time, one is returned."""
		late, returned = self.approved(), self.approved()
		self.report(late)
		report = self.report(returned)
		frappe.db.commit()
		with at(FRIDAY, 12), acting_as(self.boss.user_id):
			getdoc(DAILY_REPORT, report.name)
			doc = frappe.get_doc(DAILY_REPORT, report.name)
			doc.verifier_note = "Sebutkan keluarannya"
			doc.save()
			apply_workflow(doc.as_json(), "Return Report")
		frappe.db.commit()
		with at(date(2026, 12, 2), 9):
			self.assertGreater(escalation.escalate(), 0)

	def play_days_taken_back(self):
		"""One is called back, one gives way to leave that is cancelled, one to a roll call; those of a suspension are closed."""
		employee = self.approved((*WEEK[:2], DAYS[1]))
		with acting_as(self.boss.user_id):
			recall_days([self.day(employee, WEEK[0]).name], "Rapat pimpinan")
		leave = leave_on(employee, WEEK[1])
		leave.cancel()
		meets = self.approved(WEEK[4:5])
		declare_office_day(self.unit, WEEK[4], title=f"{MARK}Apel").cancel()
		self.assertEqual(self.day(meets, WEEK[4]).status, "Released")
		values = {"employee": employee.name, "from_date": "2026-12-01", "to_date": "2026-12-31"}
		doc = frappe.get_doc({"doctype": SUSPENSION, **values, "ground": "Laporan tidak masuk"})
		with acting_as(self.officer):
			doc.insert().submit()
			frappe.db.commit()
			self.assertEqual(self.day(employee, DAYS[1]).status, "Suspended")
			lift_suspension(doc.name, "Keliru")

	def play_leave_cancelled_afterwards(self):
		"""A day that had given way is over: it is open again, or its week is full by now."""
		for days in ((THURSDAY,), (THURSDAY, FRIDAY)):
			employee = self.approved(days)
			with at(FRIDAY, 8):
				leave = leave_on(employee, THURSDAY)
			if FRIDAY in days:
				frappe.db.set_value(DAY, self.day(employee).name, "limit_at_booking", 1)
			with at(FRIDAY, 11):
				frappe.get_doc(leave.doctype, leave.name).cancel()

	def play_office(self):
		employee = self.approved()
		assign(employee, SHIFT, THURSDAY)
		with at(THURSDAY, 8):
			checkin_from(employee, AT_OFFICE)

	def play_patterns_and_swaps(self):
		"""A pattern pauses, and the head ends it; of two who swap a day, one asks, the other consents, the head is asked."""
		employee, pattern = self.person(), {"from_date": str(WEEK[0]), "to_date": "2027-06-30", "monday": 1}
		request = applied(employee, [], request_type="Weekly Pattern", **pattern)
		act(request, "Approve", self.boss.user_id)
		sanction = {"employee": employee.name, "level": "Light", "stage": "In Force", "decree_no": "SK 9"}
		sanction |= {"doctype": "MKD Discipline Record", "from_date": "2026-12-01", "to_date": "2026-12-20"}
		with acting_as(self.officer):
			frappe.get_doc(sanction).insert().submit()
		with at(date(2026, 12, 7), 5):
			recurrence.make_days()
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "pattern_state"), "Paused")
		with at(date(2026, 12, 7), 9), acting_as(self.boss.user_id):
			stop_pattern(request.name, "2027-01-11", "Pindah tugas")
		own, colleague = self.approved(WEEK[1:2]), self.approved(WEEK[2:3])
		swap = {"doctype": DAY_SWAP, "employee": own.name, "colleague": colleague.name, "reason": "Rapat"}
		with acting_as(own.user_id):
			swap = frappe.get_doc({**swap, "mkd_date": WEEK[1], "colleague_date": WEEK[2]}).insert()
			swap = apply_workflow(swap.as_json(), "Ask")
		with acting_as(colleague.user_id):
			apply_workflow(swap.as_json(), "Consent")

	def play_late_report_and_warning(self):
		"""A report has not come in the morning after its day; HR gives a warning, and takes it back."""
		employee = self.approved()
		frappe.db.commit()
		with at(FRIDAY, 6):
			self.assertGreater(reminders.remind(), 0)
		values = {"employee": employee.name, "from_date": "2026-12-01", "to_date": "2026-12-31"}
		doc = frappe.get_doc({"doctype": WARNING, **values, "ground": "Laporan tidak masuk"})
		with acting_as(self.officer):
			doc.insert().submit()
			doc.cancel()

	def play_circular(self):
		"""Days by circular are given, and given back when it is cancelled."""
		self.person()
		with acting_as(self.officer):
			doc = frappe.get_doc(circulars.written(self.unit)).insert()
			doc.submit()
			frappe.db.commit()
			processing.run(doc.name)
			doc.reload()
			doc.cancel()
			frappe.db.commit()
			processing.run(doc.name)

	def play_warnings_and_runs(self):
		"""Somebody comes near a limit, and an evaluation stops."""
		near = self.person(reports_to=self.boss, absent_on=[TODAY.replace(day=24)])
		refresh.refresh(COMPANY, [near.name], early_warnings.notice)
		self.assertGreater(early_warning_messages.tell(), 0)
		run = frappe.get_doc({"doctype": EVALUATION_RUN, "company": COMPANY, "status": "Running"})
		run.flags.from_evaluation = True
		run.insert(ignore_permissions=True)
		run.db_set("status", "Failed")
