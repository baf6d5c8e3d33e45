"""What tests of the fair order share: a unit of four with room for one, on the frozen Wednesday; each test begins with nothing."""

import frappe

from mkd_hrms.constants import DAY, REQUEST, WAITING_PLACE
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.tests.support.factories import act, applied
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.unit_case import make_rule, make_unit


class TurnCase(RequestCase):
	UNIT = "Bidang Giliran"

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.unit = make_unit(cls.UNIT)
		cls.people = [cls("run").person(department=cls.unit) for _each in range(4)]
		rule = make_rule(cls.unit, cap_percent=25)
		frappe.db.commit()
		cls.addClassCleanup(cls.clear_rule, rule.name)

	@classmethod
	def clear_rule(cls, rule):
		frappe.db.rollback()
		frappe.delete_doc("MKD Coverage Rule", rule, force=True)
		frappe.db.set_value("Employee", {"department": cls.unit}, {"department": None, "status": "Left"})
		frappe.db.commit()

	def tearDown(self):
		super().tearDown()
		employees = ("in", [person.name for person in self.people])
		for name in frappe.get_all(REQUEST, {"employee": employees}, pluck="name"):
			frappe.db.delete("MKD Request Date", {"parent": name})
			frappe.db.delete("Notification Log", {"document_name": name})
			frappe.db.delete(REQUEST, {"name": name})
		for doctype in (DAY, WAITING_PLACE, "MKD Decision Record"):
			frappe.db.delete(doctype, {"employee": employees})
		frappe.db.delete("Notification Log", {"document_type": WAITING_PLACE})
		frappe.db.commit()

	def user(self, number):
		return self.people[number].user_id

	def asks(self, number, days, **values):
		request = applied(self.people[number], days, **values)
		frappe.db.commit()
		return request

	def decide(self, request, action, user=None, note=None):
		if note:
			frappe.db.set_value(REQUEST, request.name, "decision_note", note)
		done = act(request, action, user or self.boss.user_id)
		frappe.db.commit()
		return done

	def worked(self, number, *days):
		"""Days on which somebody worked away."""
		employee = self.people[number]
		for slot, day in enumerate(days, 1):
			values = {"person": employee.name, "mkd_date": day, "iso_week": iso_week(day), "slot": slot}
			store_row(
				DAY, employee.name, **values, department=self.unit, company=employee.company, status="Worked"
			)
		frappe.db.commit()

	def place(self, number, day):
		"""The place of somebody on the waiting list of a date."""
		about = {"employee": self.people[number].name, "mkd_date": day}
		name = frappe.db.get_value(WAITING_PLACE, about, order_by="since desc")
		return frappe.get_doc(WAITING_PLACE, name) if name else None
