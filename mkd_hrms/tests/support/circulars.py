"""Circulars: a unit of its own for each test class, and what HR writes about it."""

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY, REQUEST
from mkd_hrms.services.collective_days import processing
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import acting_as, make_employee
from mkd_hrms.tests.support.world import ANALYST, COMPANY

FIRST, LAST = "2026-12-07", "2026-12-20"


class CircularCase(RequestCase):
	"""Two Thursdays lie between the first and the last day: 10 and 17 December 2026."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.officer = officer()
		cls.unit = new_unit()
		frappe.db.commit()
		cls.addClassCleanup(cls.clear)

	@classmethod
	def clear(cls):
		"""The circulars are committed by their runs, and everybody of the unit would be bound by them."""
		frappe.db.rollback()
		people = frappe.get_all("Employee", {"department": ("like", f"{cls.unit[:12]}%")}, pluck="name")
		for doctype in (DAY, REQUEST, "Leave Application"):
			frappe.db.delete(doctype, {"employee": ("in", people or [""])})
		frappe.db.delete(COLLECTIVE_DAY)
		for child in ("MKD Collective Person", "MKD Collective Unit", "MKD Collective Date"):
			frappe.db.delete(child)
		frappe.db.set_value(
			"Employee", {"name": ("in", people or [""])}, {"department": None, "status": "Left"}
		)
		frappe.db.commit()

	def tearDown(self):
		super().tearDown()
		for name in frappe.get_all(COLLECTIVE_DAY, {"docstatus": 1}, pluck="name"):
			frappe.db.set_value(COLLECTIVE_DAY, name, {"docstatus": 2, "processing": "Ended"})
		frappe.db.set_value("Employee", {"department": self.unit}, "department", None)
		frappe.db.commit()

	def member(self, **values):
		"""Somebody of the unit of whose record nothing is known, so that nothing keeps him in."""
		post = {"designation": ANALYST, "employment_type": "PNS", "reports_to": self.boss.name}
		return make_employee(**{"department": self.unit, **post, **values})

	def applicant(self, **values):
		"""Somebody of the unit who may apply for days of his own."""
		return self.person(**{"department": self.unit, **values})

	def circular(self, run=True, **values):
		"""A circular as the officer submits it, and what the worker makes of it."""
		with acting_as(self.officer):
			doc = frappe.get_doc(written(self.unit, **values)).insert()
			doc.submit()
		frappe.db.commit()
		if run:
			self.run_job(doc)
		return doc

	def run_job(self, doc):
		processing.run(doc.name)
		frappe.db.commit()
		doc.reload()

	def dates(self, employee, doc, **filters):
		"""By date the states of the days that a circular gave somebody."""
		filters = {"employee": employee.name, "source_name": doc.name, **filters}
		rows = frappe.get_all(DAY, filters, ["mkd_date", "status"], order_by="mkd_date, creation")
		return [(str(row.mkd_date), row.status) for row in rows]


def new_unit(name=None, **values):
	name = name or f"Biro {frappe.generate_hash(length=6)}"
	unit = {"doctype": "Department", "department_name": name, "company": COMPANY, **values}
	return frappe.get_doc(unit).insert(ignore_permissions=True).name


def written(unit, **values):
	"""As the form sends it."""
	return {
		"doctype": COLLECTIVE_DAY,
		"circular_no": "188/KPG.03/BKD",
		"circular_date": "2026-11-20",
		"subject": "Kerja dari luar kantor setiap Kamis",
		"legal_basis": "SE Sekda",
		"company": COMPANY,
		"department": unit,
		"weekday": "Thursday",
		"from_date": FIRST,
		"to_date": LAST,
		**values,
	}
