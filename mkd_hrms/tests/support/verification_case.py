"""Reports that wait for verification: who opens, decides, revises, at which hour, and files as evidence."""

import frappe
from frappe.desk.form.load import getdoc
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import DAILY_REPORT, DELEGATION, OUTAGE
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, DayCase, at
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import acting_as

FRIDAY_NOON = (FRIDAY, 12)


def mark_outage(start, end, **values):
	"""What an officer marks."""
	outage = {"doctype": OUTAGE, "from_datetime": start, "to_datetime": end, "reason": "Jaringan pusat data"}
	with acting_as(officer()):
		doc = frappe.get_doc({**outage, **values}).insert()
		doc.submit()
	return doc


class VerificationCase(DayCase):
	def tearDown(self):
		super().tearDown()
		people = frappe.get_all("Employee", {"default_shift": SHIFT}, pluck="name") or [""]
		for doctype in (DAILY_REPORT, "MKD Day", "Attendance", "MKD Request"):
			frappe.db.delete(doctype, {"employee": ("in", people)})
		for doctype in (DELEGATION, OUTAGE, "View Log"):
			frappe.db.delete(doctype)
		frappe.db.commit()

	def waiting(self, **values):
		"""An employee with a report of Thursday that waits; stored for good, because what is refused is rolled back."""
		worker = self.approved(**values)
		report = self.report(worker)
		frappe.db.commit()
		return worker, report

	def open(self, report, user, when=FRIDAY_NOON):
		"""As the form is opened in a browser."""
		with at(*when), acting_as(user):
			getdoc(DAILY_REPORT, report.name)

	def act(self, report, action, user, when=FRIDAY_NOON, note=None):
		"""A button of the form; the note is saved before it."""
		with at(*when), acting_as(user):
			if note:
				self.change(report, verifier_note=note)
			return apply_workflow(frappe.get_doc(DAILY_REPORT, report.name).as_json(), action)

	def decide(self, report, action, user, when=FRIDAY_NOON, note=None):
		"""Open, and decide a moment later."""
		day, hour, *minute = when
		self.open(report, user, (day, hour, *minute))
		return self.act(report, action, user, when, note)

	def change(self, report, **values):
		doc = frappe.get_doc(DAILY_REPORT, report.name)
		doc.update(values)
		return doc.save()

	def stored(self, report):
		return frappe.get_doc(DAILY_REPORT, report.name)

	def status(self, report):
		return frappe.db.get_value(DAILY_REPORT, report.name, "status")

	def outage(self, start, end, when, **values):
		"""An outage that an officer records at a time."""
		with at(*when):
			return mark_outage(start, end, **values)

	def file(self, name, content, user, **values):
		"""A file that somebody uploads."""
		with acting_as(user):
			doc = {"doctype": "File", "file_name": name, "content": content, "is_private": 1, **values}
			return frappe.get_doc(doc).insert()


def delegation(approver, delegate, since, until, **values):
	return frappe.get_doc(
		{
			"doctype": DELEGATION,
			"approver": approver,
			"delegate": delegate,
			"from_date": since,
			"to_date": until,
			**values,
		}
	).insert()
