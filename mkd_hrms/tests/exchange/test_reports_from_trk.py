"""Activities of TRK in daily reports: completed while they are open, never handed in or verified, corrected, and taken back."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, DAY
from mkd_hrms.services.imports import undoing
from mkd_hrms.tests.support.import_case import ImportCase, trk_activities
from mkd_hrms.tests.support.people import acting_as, make_user, store_row
from mkd_hrms.tests.support.world import COMPANY

# The frozen day, whose report is in time, and the one before, of which it is over.
WEDNESDAY, TUESDAY, MONDAY = "2026-11-25", "2026-11-24", "2026-11-23"


class ReportsFromTRK(ImportCase):
	def on_mkd(self, *days, status="Approved"):
		employee = self.member(user_id=make_user("Employee"))
		for slot, day in enumerate(days, 1):
			values = {"mkd_date": day, "company": COMPANY, "person": employee.mkd_nip, "status": status}
			store_row(DAY, employee.name, iso_week="2026-W48", slot=slot, **values)
		frappe.db.commit()
		return employee

	def report(self, employee, day=WEDNESDAY):
		name = frappe.db.get_value(
			DAILY_REPORT, {"employee": employee.name, "mkd_date": day, "docstatus": ("<", 2)}
		)
		return frappe.get_doc(DAILY_REPORT, name) if name else None

	def told(self, report):
		return [(row.activity, row.minutes, row.volume, row.volume_unit) for row in report.activities]

	def written(self, employee, *rows, day=WEDNESDAY):
		"""A draft of the employee's own."""
		with acting_as(employee.user_id):
			doc = frappe.new_doc(DAILY_REPORT, employee=employee.name, mkd_date=day)
			doc.extend("activities", list(rows))
			doc.insert()
		frappe.db.commit()
		return doc


class TestReports(ReportsFromTRK):
	def test_the_work_of_an_mkd_day_becomes_a_draft_and_that_of_another_day_does_not(self):
		one = self.on_mkd(WEDNESDAY)
		content = trk_activities(
			(one.mkd_nip, WEDNESDAY, "Menyusun naskah", 120, "2", "dokumen", "Disetujui"),
			(one.mkd_nip, WEDNESDAY, "Rapat", 60, "", "", "Menunggu", "13:00", "14:30"),
			(one.mkd_nip, WEDNESDAY, "Tidak diakui", 60, "", "", "Ditolak"),
			(one.mkd_nip, MONDAY, "Di kantor", 300, "1", "berkas", "Disetujui"),
		)
		doc = self.applied(content)
		self.assertEqual((doc.read_as, self.counts(doc)), ("trk-activities", (2, 0, 0, 0)))
		report = self.report(one)
		self.assertEqual((report.status, report.docstatus, report.verifier), ("Draft", 0, None))
		self.assertEqual(
			self.told(report), [("Menyusun naskah", 120, 2.0, "dokumen"), ("Rapat", 90, 0.0, None)]
		)
		self.assertEqual([row.output for row in report.activities], ["2 dokumen", "TRK"])
		self.assertEqual(report.total_minutes, 210)
		self.assertIsNone(self.report(one, MONDAY))
		# The employee hands it in himself.
		with acting_as(one.user_id):
			report.submit()
		self.assertEqual((report.status, report.on_behalf), ("Submitted", 0))

	def test_the_same_file_twice_changes_nothing_and_a_correction_changes_what_it_corrects(self):
		one = self.on_mkd(WEDNESDAY)
		first = trk_activities((one.mkd_nip, WEDNESDAY, "Menyusun naskah", 120, "2", "dokumen"))
		self.applied(first)
		before = self.report(one).modified
		again = self.checked(first)
		self.assertEqual(self.counts(again), (0, 0, 1, 0))
		doc = self.applied(
			trk_activities(
				(one.mkd_nip, WEDNESDAY, "Menyusun naskah", 150, "3", "dokumen"),
				(one.mkd_nip, WEDNESDAY, "Rapat", 60),
			)
		)
		self.assertEqual(self.counts(doc), (0, 1, 0, 0))
		report = self.report(one)
		self.assertGreater(report.modified, before)
		self.assertEqual(
			self.told(report), [("Menyusun naskah", 150, 3.0, "dokumen"), ("Rapat", 60, 0.0, None)]
		)
		history = frappe.get_all("Version", {"docname": report.name}, pluck="data")
		self.assertTrue(any("120" in data for data in history))
		self.undone(doc)
		self.assertEqual(self.told(self.report(one)), [("Menyusun naskah", 120, 2.0, "dokumen")])

	def test_what_the_author_wrote_stays_and_is_completed(self):
		one = self.on_mkd(WEDNESDAY)
		own = {"activity": "Rapat", "output": "Notula", "minutes": 60}
		other = {"activity": "Telaah", "output": "Catatan", "minutes": 45}
		self.written(one, own, other)
		doc = self.applied(
			trk_activities(
				(one.mkd_nip, WEDNESDAY, "rapat", 60, "1", "notula"),
				(one.mkd_nip, WEDNESDAY, "Menyusun naskah", 120),
			)
		)
		self.assertEqual(self.counts(doc), (0, 1, 0, 0))
		report = self.report(one)
		self.assertEqual(
			self.told(report),
			[
				("Rapat", 60, 1.0, "notula"),
				("Telaah", 45, 0.0, None),
				("Menyusun naskah", 120, 0.0, None),
			],
		)
		self.assertEqual(report.activities[0].output, "Notula")
		self.undone(doc)
		self.assertEqual(self.told(self.report(one)), [("Rapat", 60, 0.0, None), ("Telaah", 45, 0.0, None)])

	def test_a_missing_report_is_completed_and_stays_missing(self):
		one = self.on_mkd(TUESDAY, status="Worked")
		day = frappe.db.get_value(DAY, {"employee": one.name})
		report = frappe.new_doc(
			DAILY_REPORT, employee=one.name, mkd_date=TUESDAY, mkd_day=day, status="Missing"
		)
		report.flags.by_the_clock = report.flags.ignore_mandatory = True
		report.insert()
		report.db_set({"status": "Missing", "workflow_state": "Missing"})
		frappe.db.commit()
		doc = self.applied(trk_activities((one.mkd_nip, TUESDAY, "Menyusun naskah", 120)))
		self.assertEqual(self.counts(doc), (0, 1, 0, 0))
		stands = self.report(one, TUESDAY)
		self.assertEqual((stands.name, stands.status, stands.total_minutes), (report.name, "Missing", 120))
		self.undone(doc)
		stands = self.report(one, TUESDAY)
		self.assertEqual((stands.status, stands.activities, stands.total_minutes), ("Missing", [], 0))

	def test_one_that_was_handed_in_is_named_row_by_row_unless_it_says_the_same(self):
		one = self.on_mkd(WEDNESDAY)
		own = {"activity": "Rapat", "output": "Notula", "minutes": 60}
		report = self.written(one, own)
		with acting_as(one.user_id):
			report.submit()
		frappe.db.commit()
		same = self.checked(trk_activities((one.mkd_nip, WEDNESDAY, "Rapat", 60)))
		self.assertEqual(self.counts(same), (0, 0, 1, 0))
		doc = self.checked(
			trk_activities((one.mkd_nip, WEDNESDAY, "Rapat", 60), (one.mkd_nip, WEDNESDAY, "Telaah", 30))
		)
		self.assertEqual(self.counts(doc), (0, 0, 0, 2))
		rows = self.rejected(doc)
		self.assertEqual([(row[0], row[3]) for row in rows], [("2", "report_stands"), ("3", "report_stands")])
		self.assertIn(report.name, rows[0][4])

	def test_what_was_handed_in_with_it_or_changed_since_is_in_the_way_of_an_undo(self):
		one, other = self.on_mkd(WEDNESDAY), self.on_mkd(WEDNESDAY)
		docs = []
		for each in (one, other):
			docs.append(self.applied(trk_activities((each.mkd_nip, WEDNESDAY, "Menyusun naskah", 120))))
		with acting_as(one.user_id):
			self.report(one).submit()
		with acting_as(other.user_id):
			report = self.report(other)
			report.activities[0].output = "Naskah akademik"
			report.save()
		frappe.db.commit()
		self.assertIn("handed in", next(undoing.in_the_way(docs[0].name)))
		self.assertIn("changed since", next(undoing.in_the_way(docs[1].name)))
		doc = self.checked(trk_activities((other.mkd_nip, WEDNESDAY, "Rapat", 60)))
		self.assertEqual([row[3] for row in self.rejected(doc)], ["changed_since"])
		same = self.checked(trk_activities((other.mkd_nip, WEDNESDAY, "Menyusun naskah", 120)))
		self.assertEqual(self.counts(same), (0, 0, 1, 0))

	def test_what_a_report_refuses_is_named(self):
		one = self.on_mkd(WEDNESDAY)
		doc = self.applied(
			trk_activities(
				(one.mkd_nip, WEDNESDAY, "Rapat", 60, "", "", "", "08:00", "10:00"),
				(one.mkd_nip, WEDNESDAY, "Telaah", 60, "", "", "", "09:00", "11:00"),
			)
		)
		self.assertEqual([row[3] for row in self.rejected(doc)], ["not_taken", "not_taken"])
		self.assertIn("overlap", self.rejected(doc)[0][4])
		self.assertIsNone(self.report(one))
