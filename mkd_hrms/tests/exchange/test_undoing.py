"""What an import wrote is taken back, all of it or nothing, while nothing was built on it."""

import frappe

from mkd_hrms.constants import DAY, IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import actors, undoing
from mkd_hrms.tests.support.import_case import ImportCase, attlog, kmob, sanctions, talent, trk_month
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.world import COMPANY

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
ATTENDANCE, CHECKIN = "Attendance", "Employee Checkin"
RESULT, CASE, BOX = "MKD Performance Record", "MKD Discipline Record", "MKD Talent Record"


class TestUndoing(ImportCase):
	def refused(self, doc, *words):
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError) as refusal:
			doc.undo_import()
		for word in words:
			self.assertIn(word, str(refusal.exception))
		frappe.db.rollback()
		doc.reload()
		self.assertEqual(doc.status, "Applied")

	def test_what_was_new_is_gone_whatever_it_was(self):
		one = self.member()
		for content, doctype in (
			(kmob((one.mkd_nip, MONDAY, "WFO")), ATTENDANCE),
			(trk_month((one.mkd_nip, 2026, 10, "6.120", "98,5", "BAIK")), RESULT),
			(sanctions([one.mkd_nip, "Ringan", "02/11/2026", "", "SK 7"]), CASE),
			(talent((one.mkd_nip, 2025, 5)), BOX),
			(attlog((one.attendance_device_id, f"{TUESDAY} 07:20:01")), CHECKIN),
		):
			with self.subTest(doctype):
				doc = self.applied(content)
				self.assertEqual(len(self.rows(doctype, one, "name")), 1)
				self.undone(doc)
				self.assertEqual((doc.status, doc.undone_by), ("Undone", self.officer))
				self.assertEqual(self.rows(doctype, one, "name"), [])
				# And may come again.
				again = self.applied(content)
				self.assertEqual(self.counts(again), (1, 0, 0, 0))

	def test_what_was_corrected_is_as_before_and_the_earlier_import_may_be_undone_too(self):
		one = self.member()
		first = [
			self.applied(kmob((one.mkd_nip, MONDAY, "Tanpa Keterangan"))),
			self.applied(trk_month((one.mkd_nip, 2026, 9, "5.000", "80", "Kurang"))),
			self.applied(sanctions([one.mkd_nip, "Sedang", "02/11/2026", "01/11/2027", "SK 7"])),
			self.applied(talent((one.mkd_nip, 2025, 3, "41", "66"))),
		]
		second = [
			self.applied(kmob((one.mkd_nip, MONDAY, "WFO"))),
			self.applied(trk_month((one.mkd_nip, 2026, 9, "6.500", "101", "Baik"))),
			self.applied(sanctions([one.mkd_nip, "Sedang", "02/11/2026", "10/11/2026", "SK 8"])),
			self.applied(talent((one.mkd_nip, 2025, 8, "81"))),
		]
		self.refused(first[0], second[0].name)
		for doc in second:
			self.undone(doc)
		self.assertEqual(self.rows(ATTENDANCE, one, "status", docstatus=1), [("Absent",)])
		fields = "predicate score productive_minutes"
		self.assertEqual(self.rows(RESULT, one, fields, docstatus=1), [("Kurang", "80.0", "5000")])
		self.assertEqual(
			self.rows(CASE, one, "stage to_date decree_no"), [("In Force", "2027-11-01", "SK 7")]
		)
		fields = "year box source x_axis y_axis"
		self.assertEqual(self.rows(BOX, one, fields, docstatus=1), [("2025", "3", "SIASN", "41.0", "66.0")])
		for doc in first:
			self.undone(doc)
		for doctype in (ATTENDANCE, RESULT, CASE, BOX):
			self.assertEqual(self.rows(doctype, one, "name"), [])

	def test_what_was_built_on_it_is_in_the_way_and_nothing_is_taken_back(self):
		one, other = self.member(), self.member()
		doc = self.applied(kmob((one.mkd_nip, MONDAY, "WFO"), (other.mkd_nip, MONDAY, "WFO")))
		name = frappe.db.get_value(ATTENDANCE, {"employee": one.name, "attendance_date": MONDAY})
		frappe.db.set_value(ATTENDANCE, name, "status", "Half Day")
		frappe.db.commit()
		self.refused(doc, "Row 2", name)
		self.assertEqual(len(self.rows(ATTENDANCE, other, "name", docstatus=1)), 1)
		punches = self.applied(attlog((one.attendance_device_id, f"{MONDAY} 07:20:01")))
		frappe.db.set_value(CHECKIN, {"employee": one.name}, "attendance", name)
		frappe.db.commit()
		self.refused(punches, "Row 1", name)
		result = self.applied(trk_month((one.mkd_nip, 2026, 10, "6.120", "98,5", "BAIK")))
		store = {"reference_doctype": "MKD Request", "reference_name": "MKD-REQ-1", "stage": "Application"}
		record = store_row("MKD Decision Record", one.name, **store)
		record.db_set("creation", "2026-11-25 23:00:00", update_modified=False)
		frappe.db.commit()
		self.addCleanup(frappe.db.delete, "MKD Decision Record", {"name": record.name})
		self.refused(result, "MKD-REQ-1")

	def test_a_day_that_has_ended_with_it_is_in_the_way(self):
		one = self.member()
		doc = self.applied(kmob((one.mkd_nip, MONDAY, "WFO")))
		row = self.day_of(one, MONDAY, "Worked")
		frappe.db.set_value(
			ATTENDANCE, {"employee": one.name}, {"mkd_day": row.name, "status": "Work From Home"}
		)
		frappe.db.commit()
		self.refused(doc, row.name)

	def day_of(self, employee, on, status):
		values = {"mkd_date": on, "company": COMPANY, "person": employee.mkd_nip, "status": status}
		row = store_row(DAY, employee.name, iso_week="2026-W48", slot=1, **values)
		frappe.db.commit()
		return row

	def test_a_worker_that_is_killed_while_it_undoes_goes_on_from_there(self):
		people = [self.member() for _ in range(3)]
		doc = self.applied(kmob(*((each.mkd_nip, MONDAY, "WFO") for each in people)))
		with acting_as(self.officer):
			doc.undo_import()
		frappe.db.commit()
		for name in ("AT_ONCE", "put_back"):
			self.addCleanup(setattr, undoing, name, getattr(undoing, name))
		undoing.AT_ONCE, put_back = 1, undoing.put_back

		def killed(line):
			put_back(line)
			if line["employee"] == people[1].name:
				raise KeyboardInterrupt

		undoing.put_back = killed
		with self.assertRaises(KeyboardInterrupt):
			self.work(doc)
		frappe.set_user("Administrator")
		frappe.db.rollback()
		self.assertEqual([len(self.rows(ATTENDANCE, each, "name")) for each in people], [1, 1, 0])
		undoing.put_back = put_back
		self.work(doc)
		self.assertEqual([len(self.rows(ATTENDANCE, each, "name")) for each in people], [0, 0, 0])
		self.assertEqual(doc.status, "Undone")

	def test_an_interrupted_undo_is_only_continued(self):
		people = [self.member() for _ in range(2)]
		doc = self.applied(kmob(*((each.mkd_nip, MONDAY, "WFO") for each in people)))
		with acting_as(self.officer):
			doc.undo_import()
		frappe.db.commit()
		for name in ("AT_ONCE", "put_back"):
			self.addCleanup(setattr, undoing, name, getattr(undoing, name))
		undoing.AT_ONCE, put_back = 1, undoing.put_back

		def broken(line):
			if line["employee"] == people[0].name:
				raise ZeroDivisionError
			put_back(line)

		undoing.put_back = broken
		self.work(doc)
		self.assertEqual((doc.status, actors.offered(doc, self.officer)), ("Interrupted", ["Undo"]))
		self.assertIn("Undo again", doc.problems)
		with acting_as(self.officer), self.assertRaises(frappe.PermissionError):
			doc.apply_file()
		undoing.put_back = put_back
		self.undone(doc)
		self.assertEqual(doc.status, "Undone")
		self.assertEqual([len(self.rows(ATTENDANCE, each, "name")) for each in people], [0, 0])

	def test_an_import_that_was_interrupted_and_cannot_be_undone_may_still_be_applied(self):
		one = self.member()
		doc = self.applied(kmob((one.mkd_nip, MONDAY, "WFO")))
		doc.db_set({"status": "Interrupted", "applied_on": None})
		with acting_as(self.officer):
			doc.undo_import()
		frappe.db.set_value(ATTENDANCE, {"employee": one.name}, "status", "Half Day")
		self.work(doc)
		self.assertEqual((doc.status, actors.offered(doc, self.officer)), ("Interrupted", ["Apply", "Undo"]))

	def test_only_what_wrote_nothing_that_stands_is_deleted(self):
		one = self.member()
		doc = self.applied(kmob((one.mkd_nip, MONDAY, "WFO")))
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError):
			doc.delete()
		frappe.db.rollback()
		self.undone(doc)
		with acting_as(self.officer):
			frappe.get_doc(IMPORT, doc.name).delete()
		self.assertFalse(frappe.db.exists(IMPORT_LINE, {"mkd_import": doc.name}))


class TestTheLedger(ImportCase):
	def test_a_day_that_is_over_stays_and_what_says_the_same_is_no_change(self):
		worked, absent = self.member(), self.member()
		for employee, status in ((worked, "Worked"), (absent, "No Show")):
			values = {"mkd_date": MONDAY, "company": COMPANY, "person": employee.mkd_nip, "status": status}
			store_row(DAY, employee.name, iso_week="2026-W48", slot=1, **values)
		frappe.db.commit()
		doc = self.applied(
			kmob((worked.mkd_nip, MONDAY, "WFH", "07:10", "16:10"), (absent.mkd_nip, TUESDAY, "WFO"))
		)
		self.assertEqual(self.counts(doc), (1, 0, 1, 0))
		doc = self.checked(kmob((worked.mkd_nip, MONDAY, "Sakit"), (absent.mkd_nip, MONDAY, "WFO")))
		self.assertEqual(self.counts(doc), (0, 0, 0, 2))
		self.assertEqual({row[3] for row in self.rejected(doc)}, {"day_ended"})
		doc = self.checked(attlog((absent.attendance_device_id, f"{MONDAY} 07:00:00")))
		self.assertEqual((doc.correction_count, self.rejected(doc)), (1, []))

	def test_presence_on_an_mkd_day_ahead_of_its_end_is_work_from_home_of_that_day(self):
		one = self.member()
		values = {"mkd_date": TUESDAY, "company": COMPANY, "person": one.mkd_nip, "status": "Approved"}
		day = store_row(DAY, one.name, iso_week="2026-W48", slot=1, **values)
		frappe.db.commit()
		content = kmob((one.mkd_nip, TUESDAY, "WFO", "07:10", "16:10"))
		self.applied(content)
		self.assertEqual(self.rows(ATTENDANCE, one, "status mkd_day"), [("Work From Home", day.name)])
		self.assertEqual(self.counts(self.checked(content)), (0, 0, 1, 0))
		other = self.member()
		values |= {"person": other.mkd_nip}
		store_row(DAY, other.name, iso_week="2026-W48", slot=1, **values)
		frappe.db.commit()
		doc = self.applied(kmob((other.mkd_nip, TUESDAY, "Tanpa Keterangan")))
		self.assertEqual(self.counts(doc), (0, 0, 0, 1))
		(row,) = self.rejected(doc)
		self.assertEqual((row[0], row[3]), ("2", "not_taken"))
		self.assertIn("only after the superior has confirmed it", row[4])
		self.assertEqual(self.rows(ATTENDANCE, other, "name"), [])
