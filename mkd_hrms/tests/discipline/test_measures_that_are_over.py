"""A measure that is over or lifted falls like one in force when what it rests on is taken back (rule D8)."""

from datetime import date

import frappe

from mkd_hrms.constants import OUTAGE, SUSPENSION, WARNING
from mkd_hrms.services.discipline import measures
from mkd_hrms.tests.support.conduct_case import TUESDAY, ConductCase, filed, move
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, SHIFT, THURSDAY, at, moment
from mkd_hrms.tests.support.people import acting_as

NIP = "199001012015031077"
# A warning of the Friday counts for thirty days, until the 27th of December.
OVER, LATER, LATER_STILL = (date(2026, 12, 28), 8), (date(2026, 12, 28), 14), (date(2026, 12, 28), 15)


class TestMeasuresThatAreOver(ConductCase):
	def over(self):
		"""An employee whose warning has ended, and who has been told so or not, as the rules have it."""
		employee = self.without_report()
		with at(*OVER):
			measures.end_over()
		self.assertEqual(self.measure(WARNING, employee).status, "Ended")
		return employee

	def test_a_warning_that_is_over_falls_with_its_report_and_the_employee_is_told_why(self):
		employee = self.over()
		before = self.notices(employee.user_id, self.measure(WARNING, employee).name)
		self.written_by_hr(employee, LATER)
		self.climb(LATER_STILL)
		warning = self.measure(WARNING, employee)
		self.assertEqual((warning.docstatus, warning.status, warning.events_key), (2, "Annulled", None))
		self.assertEqual(str(warning.annulled_on)[:10], "2026-12-28")
		self.assertIn("no longer on record", warning.annul_reason)
		*_before, told = self.notices(employee.user_id, warning.name)
		self.assertEqual(len(before) + 1, len(self.notices(employee.user_id, warning.name)))
		self.assertIn("Annulled", told.subject)
		self.assertIn(warning.annul_reason, told.email_content)

	def test_so_does_one_of_the_new_record_whose_report_came_to_the_old_one(self):
		old = self.approved(mkd_nip=NIP)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, "Employee", {"mkd_nip": NIP}, "mkd_nip", None)
		self.check_in(old)
		old.reload()
		old.update({"status": "Left", "relieving_date": THURSDAY})
		old.save()
		new = self.person(mkd_nip=NIP, default_shift=SHIFT)
		self.end()
		self.climb()
		with at(*OVER):
			measures.end_over()
		self.assertEqual(self.measure(WARNING, new).status, "Ended")
		self.written_by_hr(old, LATER)
		self.climb(LATER_STILL)
		self.assertEqual(self.measure(WARNING, new).status, "Annulled")

	def test_while_what_it_answered_stands_it_stays_over(self):
		employee = self.over()
		self.climb(LATER)
		self.assertEqual((self.measure(WARNING, employee).status), "Ended")

	def test_a_lifted_revocation_falls_with_its_no_show_and_keeps_who_lifted_it(self):
		employee = self.no_show()
		revocation = self.measure(SUSPENSION, employee)
		with at(*AFTER_GRACE):
			against = filed(self.day(employee), employee)
		with at(FRIDAY, 11), acting_as(self.officer):
			measures.lift(revocation.name, "Sementara, sampai keberatan diputus")
		with at(FRIDAY, 12):
			move(against, "Uphold", self.manager, decision_reason="Ada bukti kehadiran")
		revocation.reload()
		self.assertEqual((revocation.docstatus, revocation.status), (2, "Annulled"))
		self.assertEqual((revocation.lifted_on, revocation.lifted_by), (FRIDAY, self.officer))
		self.assertIn("Annulled", self.notices(employee.user_id, revocation.name)[-1].subject)

	def test_a_lifted_revocation_falls_when_an_outage_takes_its_no_show_back(self):
		employee = self.no_show()
		with at(FRIDAY, 11), acting_as(self.officer):
			measures.lift(self.measure(SUSPENSION, employee).name, "Sementara")
			outage = {"doctype": OUTAGE, "reason": "Jaringan pusat data"}
			outage |= {"from_datetime": moment(THURSDAY, 7), "to_datetime": moment(THURSDAY, 15)}
			doc = frappe.get_doc(outage).insert()
			doc.submit()
		self.addCleanup(self.clear_outage, doc.name)
		frappe.db.commit()
		self.assertEqual(self.day(employee).status, "Approved")
		self.climb((FRIDAY, 11, 30))
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Annulled")

	def clear_outage(self, name):
		frappe.db.delete(OUTAGE, {"name": name})
		frappe.db.commit()

	def test_what_is_left_of_a_suspension_that_is_over_is_answered_as_a_first_event(self):
		employee = self.without_report((THURSDAY, TUESDAY))
		self.miss(employee, TUESDAY, (date(2026, 12, 9), 10, 1))
		with at(*OVER):
			measures.end_over()
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Ended")
		self.written_by_hr(employee, LATER)
		self.climb(LATER_STILL)
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Annulled")
		statuses = [(row.status, str(row.from_date)) for row in self.measures(WARNING, employee)]
		self.assertEqual(statuses, [("Annulled", "2026-11-28"), ("In Force", "2026-12-29")])

	def test_what_hr_gave_by_hand_rests_on_no_event_and_stays(self):
		employee = self.person()
		with acting_as(self.officer):
			values = {"from_date": "2026-11-26", "to_date": "2026-11-27", "ground": "Teguran lisan"}
			warning = frappe.get_doc({"doctype": WARNING, "employee": employee.name, **values}).insert()
			warning.submit()
		self.climb(AFTER_GRACE)
		self.assertEqual(warning.reload().status, "In Force")
