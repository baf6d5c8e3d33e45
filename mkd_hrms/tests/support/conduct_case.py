"""What tests of measures and objections share: days whose report is missing, an officer, and nothing left behind."""

from datetime import date

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import DAILY_REPORT, GATE_DECISION, OBJECTION, SUSPENSION, WARNING
from mkd_hrms.services.day import no_shows
from mkd_hrms.services.discipline import ladder
from mkd_hrms.tests.support.day_case import AFTER_GRACE, SHIFT, THURSDAY, DayCase, at, written
from mkd_hrms.tests.support.factories import applied, officer, working_days_before
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import TODAY

# A second MKD day, within thirty days of the first, and the morning after it when its report is missing.
TUESDAY = date(2026, 12, 8)
SECOND_GRACE = (date(2026, 12, 9), 10, 1)
ABSENT = working_days_before(TODAY, 3)
# One in each of two weeks: with three absences accepted, one day a week is earned.
DAYS = [WEEK[0], date(2026, 12, 14)]
GROUNDS = "Laporan sudah dikirim lewat surel"


class ConductCase(DayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.officer, cls.manager = officer(), make_user("HR Manager")
		frappe.db.commit()
		# Measures are committed person by person; this runs before the people of the shift are forgotten.
		cls.addClassCleanup(clear_measures)

	def without_report(self, days=(THURSDAY,), when=AFTER_GRACE, **values):
		"""An employee who was there, and handed in no report."""
		employee = self.approved(days, **values)
		self.miss(employee, days[0], when)
		return employee

	def miss(self, employee, on, when):
		self.check_in(employee, on=on)
		self.end(when)
		self.climb(when)

	def climb(self, when=AFTER_GRACE):
		with at(*when):
			return ladder.climb()

	def written_by_hr(self, employee, when, on=THURSDAY):
		"""HR takes in the report that was missing."""
		missing = {"employee": employee.name, "mkd_date": on, "status": "Missing"}
		with at(*when), acting_as(self.officer):
			report = frappe.get_doc(DAILY_REPORT, missing)
			report.update({"activities": written(employee, on)["activities"]})
			report.save()
			report.submit()

	def no_show(self, confirmed=True, **values):
		"""An employee who was neither there nor reported, after his superior has decided about it."""
		employee = self.approved(**values)
		self.end()
		with at(*AFTER_GRACE), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(employee).name, confirmed, "Tidak dapat dihubungi")
		return employee

	def measures(self, doctype, employee):
		return frappe.get_all(doctype, {"employee": employee.name}, ["*"], order_by="name")

	def measure(self, doctype, employee):
		(found,) = self.measures(doctype, employee)
		return frappe.get_doc(doctype, found.name)

	def notices(self, user, document=None):
		filters = {"for_user": user} | ({"document_name": document} if document else {})
		return frappe.get_all("Notification Log", filters, ["subject", "email_content"], order_by="creation")


class ObjectionCase(ConductCase):
	def denied(self, days=DAYS, **values):
		"""A request that three absences deny."""
		employee = self.person(absent_on=ABSENT, **values)
		request = applied(employee, days)
		self.assertEqual((request.status, request.failed_gates), ("Denied", "Absence"))
		return employee, request

	def stored(self, document):
		return frappe.get_doc(document.doctype, document.name)

	def gate_decisions(self, employee):
		return frappe.get_all(
			GATE_DECISION,
			{"employee": employee.name, "docstatus": 1},
			["gate", "about", "decision", "reason", "decided_by", "reference_name", "valid_until"],
		)


def objection(against, employee, user=None, **values):
	"""A draft, as the form sends it."""
	content = {"against_doctype": against.doctype, "against_name": against.name, "grounds": GROUNDS}
	with acting_as(user or employee.user_id):
		return frappe.get_doc({"doctype": OBJECTION, "employee": employee.name, **content, **values}).insert()


def filed(against, employee, **values):
	return move(objection(against, employee, **values), "File Objection", employee.user_id)


def move(document, action, user, **values):
	"""A button of the form, after the decision's words were written into it."""
	with acting_as(user):
		if values:
			doc = frappe.get_doc(OBJECTION, document.name)
			doc.update(values)
			doc.save()
		return apply_workflow(frappe.get_doc(OBJECTION, document.name).as_json(), action)


def clear_measures():
	frappe.set_user("Administrator")
	frappe.db.rollback()
	people = frappe.get_all("Employee", {"default_shift": SHIFT}, pluck="name") or [""]
	for doctype in (WARNING, SUSPENSION, OBJECTION, "MKD Gate Decision"):
		names = frappe.get_all(doctype, {"employee": ("in", people)}, pluck="name") or [""]
		frappe.db.delete("ToDo", {"reference_type": doctype, "reference_name": ("in", names)})
		frappe.db.delete(doctype, {"employee": ("in", people)})
	frappe.db.commit()
