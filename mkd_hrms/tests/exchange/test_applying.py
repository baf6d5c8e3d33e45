"""Files of every kind become records of the site: once, also when they come twice, are corrected, or a worker is killed."""

import frappe

from mkd_hrms.constants import IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import applying, looking
from mkd_hrms.tests.support.import_case import ImportCase, as_csv, attlog, kmob, sanctions, talent, trk_month
from mkd_hrms.tests.support.people import acting_as

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
ATTENDANCE, CHECKIN = "Attendance", "Employee Checkin"
RESULT, CASE, BOX = "MKD Performance Record", "MKD Discipline Record", "MKD Talent Record"
SAID = "attendance_date status late_entry"


class TestTheKinds(ImportCase):
	def test_presence_becomes_attendance(self):
		one, other = self.member(), self.member()
		content = kmob(
			(one.mkd_nip, MONDAY, "WFO", "07:25", "16:05"),
			(one.mkd_nip, TUESDAY, "Izin"),
			(other.mkd_nip, MONDAY, "Tanpa Keterangan"),
			(other.mkd_nip, TUESDAY, "Libur"),
		)
		doc = self.checked(content)
		self.assertEqual((doc.status, doc.read_as, self.counts(doc)), ("Checked", "kmob", (3, 0, 0, 0)))
		self.assertEqual(self.rows(ATTENDANCE, one, SAID), [])
		with acting_as(self.officer):
			doc.apply_file()
		self.work(doc)
		self.assertEqual((doc.status, self.counts(doc)), ("Applied", (3, 0, 0, 0)))
		self.assertEqual(
			sorted(self.rows(ATTENDANCE, one, f"{SAID} in_time docstatus")),
			[
				(MONDAY, "Present", "0", f"{MONDAY} 07:25:00", "1"),
				(TUESDAY, "On Leave", "0", None, "1"),
			],
		)
		self.assertEqual(self.rows(ATTENDANCE, other, SAID), [(MONDAY, "Absent", "0")])

	def test_results_become_performance_records_as_they_stand_there(self):
		one = self.member()
		content = trk_month((one.mkd_nip, 2026, "Oktober", "6.120", "98,5", "BAIK"))
		doc = self.applied(content)
		self.assertEqual((doc.status, doc.read_as, self.counts(doc)), ("Applied", "trk-month", (1, 0, 0, 0)))
		fields = "source period_start period_end predicate has_score score productive_minutes docstatus"
		self.assertEqual(
			self.rows(RESULT, one, fields),
			[("TRK", "2026-10-01", "2026-10-31", "Baik", "1", "98.5", "6120", "1")],
		)

	def test_activities_become_the_approved_minutes_of_their_month_beside_what_is_known_of_it(self):
		one = self.member()
		self.applied(trk_month((one.mkd_nip, 2026, 10, "6.000", "90", "Baik")))
		head = ["nip", "tanggal", "aktivitas", "waktu_menit", "menit_disetujui", "status"]
		lines = [[one.mkd_nip, f"{day}/10/2026", "Rapat", 120, 100, "Disetujui"] for day in (5, 6, 7)]
		doc = self.applied(as_csv(head, *lines))
		self.assertEqual((doc.read_as, self.counts(doc)), ("trk-activities", (0, 1, 0, 0)))
		self.assertEqual(
			self.rows(RESULT, one, "predicate score productive_minutes", docstatus=1),
			[("Baik", "90.0", "300")],
		)

	def test_times_of_a_machine_become_check_ins(self):
		one = self.member()
		pin = one.attendance_device_id
		content = attlog(
			(pin, f"{MONDAY} 07:20:01"),
			(f"00{pin}", f"{MONDAY} 16:01:00"),
			("99999999", f"{MONDAY} 07:00:00"),
		)
		doc = self.applied(content, "attlog.dat")
		self.assertEqual((doc.read_as, self.counts(doc)), ("zkteco", (2, 0, 0, 1)))
		self.assertEqual(
			sorted(self.rows(CHECKIN, one, "time device_id")),
			[(f"{MONDAY} 07:20:01", doc.name), (f"{MONDAY} 16:01:00", doc.name)],
		)

	def test_sanctions_become_discipline_records(self):
		one = self.member()
		content = sanctions(
			[one.mkd_nip, "Sedang", "02/11/2026", "01/11/2027", "SK 7"],
			[one.mkd_nip, "Ringan", "01/02/2025", "31/07/2025", "SK 3"],
		)
		doc = self.applied(content)
		self.assertEqual((doc.read_as, self.counts(doc)), ("siasn-discipline", (2, 0, 0, 0)))
		self.assertEqual(
			sorted(self.rows(CASE, one, "level stage from_date to_date decree_no docstatus")),
			[
				("Light", "Ended", "2025-02-01", "2025-07-31", "SK 3", "1"),
				("Medium", "In Force", "2026-11-02", "2027-11-01", "SK 7", "1"),
			],
		)

	def test_boxes_become_talent_records_one_a_year(self):
		one = self.member()
		content = talent((one.mkd_nip, 2025, 9, "87,5", "91", "178,5"), (one.mkd_nip, 2024, 4))
		doc = self.applied(content)
		self.assertEqual((doc.read_as, self.counts(doc)), ("siasn-talent", (2, 0, 0, 0)))
		fields = "year box source x_axis y_axis total_axis docstatus"
		self.assertEqual(
			sorted(self.rows(BOX, one, fields)),
			[
				("2024", "4", "SIASN", "0.0", "0.0", "0.0", "1"),
				("2025", "9", "SIASN", "87.5", "91.0", "178.5", "1"),
			],
		)
		self.assertEqual(self.counts(self.checked(content)), (0, 0, 2, 0))
		doc = self.applied(talent((one.mkd_nip, 2025, 5), (one.mkd_nip, 2024, 10)))
		self.assertEqual(self.counts(doc), (0, 1, 0, 1))
		self.assertEqual(self.rejected(doc)[0][:3], ("3", "box", "10"))
		said = self.rows(BOX, one, "box source x_axis", docstatus=1, year=2025)
		self.assertEqual(said, [("5", "SIASN", "87.5")])
		self.assertEqual(len(frappe.get_all(BOX, {"employee": one.name, "year": 2025, "docstatus": 2})), 1)

	def test_a_box_that_hr_wrote_is_for_people(self):
		one = self.member()
		record = {"doctype": BOX, "employee": one.name, "year": 2025, "box": 3}
		name = frappe.get_doc(record).insert().submit().name
		frappe.db.commit()
		doc = self.checked(talent((one.mkd_nip, 2025, 9)))
		self.assertEqual(self.counts(doc), (0, 0, 0, 1))
		self.assertIn(name, str(self.rejected(doc)))
		self.assertEqual(self.counts(self.checked(talent((one.mkd_nip, 2025, 3)))), (0, 0, 1, 0))

	def test_a_workbook_with_a_column_a_day_is_of_the_month_that_somebody_names(self):
		from openpyxl import Workbook

		one, book = self.member(), Workbook()
		book.active.append(["No", "NIP", "Nama", *(f"{day:02d}" for day in range(1, 31))])
		book.active.append([1, one.mkd_nip, "", "H", "S", *["-"] * 27, "TL1"])
		from io import BytesIO

		content = BytesIO()
		book.save(content)
		doc = self.checked(content.getvalue(), "rekap.xlsx")
		self.assertEqual(doc.status, "Draft")
		self.assertIn("“Month”", doc.problems)
		with acting_as(self.officer):
			doc.month = "2026-09-15"
			doc.save()
			doc.check_file()
			doc.apply_file()
		self.work(doc)
		self.assertEqual(
			sorted(self.rows(ATTENDANCE, one, SAID)),
			[("2026-09-01", "Present", "0"), ("2026-09-02", "On Leave", "0"), ("2026-09-30", "Present", "1")],
		)


class TestALargeFile(ImportCase):
	def test_a_worker_looks_at_it(self):
		self.addCleanup(setattr, looking, "INLINE", looking.INLINE)
		looking.INLINE = 10
		one = self.member()
		doc = self.checked(kmob((one.mkd_nip, MONDAY, "WFO")))
		self.assertEqual((doc.status, doc.created_count), ("Checking", 0))
		self.work(doc)
		self.assertEqual((doc.status, self.counts(doc)), ("Checked", (1, 0, 0, 0)))

	def test_several_sets_are_one_file(self):
		self.addCleanup(setattr, looking, "AT_ONCE", looking.AT_ONCE)
		looking.AT_ONCE = 2
		people = [self.member() for _ in range(3)]
		doc = self.applied(
			kmob(*((each.mkd_nip, day, "WFO") for each in people for day in (MONDAY, TUESDAY)))
		)
		self.assertEqual(self.counts(doc), (6, 0, 0, 0))
		self.assertEqual([len(self.rows(ATTENDANCE, each, SAID)) for each in people], [2, 2, 2])


class TestAgain(ImportCase):
	def test_the_same_file_twice_changes_nothing(self):
		one = self.member()
		files = (
			kmob((one.mkd_nip, MONDAY, "WFO", "07:25", "16:05"), (one.mkd_nip, TUESDAY, "Tanpa Keterangan")),
			trk_month((one.mkd_nip, 2026, 9, "6.120", "98,5", "BAIK")),
			sanctions([one.mkd_nip, "Sedang", "02/11/2026", "01/11/2027", "SK 7"]),
			attlog((one.attendance_device_id, f"{MONDAY} 07:20:01")),
		)
		for content in files:
			first = self.applied(content)
			before = self.everything(one)
			self.assertEqual(first.unchanged_count, 0)
			again = self.checked(content)
			self.assertEqual(self.counts(again), (0, 0, first.created_count, 0))
			with acting_as(self.officer), self.assertRaises(frappe.PermissionError):
				again.apply_file()
			self.assertEqual(self.everything(one), before)

	def everything(self, employee):
		return [
			self.rows(doctype, employee, "name modified", docstatus=("<", 3))
			for doctype in (ATTENDANCE, CHECKIN, RESULT, CASE)
		]

	def test_a_corrected_file_corrects_and_what_was_there_stays_on_record(self):
		one = self.member()
		self.applied(kmob((one.mkd_nip, MONDAY, "Tanpa Keterangan"), (one.mkd_nip, TUESDAY, "WFO")))
		doc = self.applied(kmob((one.mkd_nip, MONDAY, "DL"), (one.mkd_nip, TUESDAY, "WFO")))
		self.assertEqual(self.counts(doc), (0, 1, 1, 0))
		stands = sorted(self.rows(ATTENDANCE, one, SAID, docstatus=1))
		self.assertEqual(stands, [(MONDAY, "Present", "0"), (TUESDAY, "Present", "0")])
		self.assertEqual(self.rows(ATTENDANCE, one, SAID, docstatus=2), [(MONDAY, "Absent", "0")])
		self.applied(trk_month((one.mkd_nip, 2026, 8, "5.000", "80", "Kurang")))
		self.applied(trk_month((one.mkd_nip, 2026, 8, "6.500", "101", "Baik")))
		fields = "predicate score productive_minutes"
		self.assertEqual(self.rows(RESULT, one, fields, docstatus=1), [("Baik", "101.0", "6500")])
		self.assertEqual(self.rows(RESULT, one, fields, docstatus=2), [("Kurang", "80.0", "5000")])
		self.applied(sanctions([one.mkd_nip, "Berat", "02/11/2026", "01/11/2027", "SK 7"]))
		doc = self.applied(sanctions([one.mkd_nip, "Berat", "02/11/2026", "10/11/2026", "SK 8"]))
		self.assertEqual(self.counts(doc), (0, 1, 0, 0))
		self.assertEqual(self.rows(CASE, one, "stage to_date decree_no"), [("Ended", "2026-11-10", "SK 8")])

	def test_what_people_wrote_or_changed_is_for_people(self):
		one = self.member()
		by_hand = frappe.get_doc(
			{"doctype": ATTENDANCE, "employee": one.name, "attendance_date": MONDAY, "status": "Absent"}
		)
		by_hand.insert().submit()
		self.applied(kmob((one.mkd_nip, TUESDAY, "WFO")))
		name = frappe.db.get_value(ATTENDANCE, {"employee": one.name, "attendance_date": TUESDAY})
		frappe.db.set_value(ATTENDANCE, name, "status", "Absent")
		frappe.db.commit()
		doc = self.checked(kmob((one.mkd_nip, MONDAY, "WFO"), (one.mkd_nip, TUESDAY, "WFH")))
		self.assertEqual(self.counts(doc), (0, 0, 0, 2))
		self.assertEqual([row[3] for row in self.rejected(doc)], ["kept_otherwise", "changed_since"])

	def test_a_worker_that_is_killed_loses_and_doubles_nothing(self):
		people = [self.member() for _ in range(3)]
		doc = self.checked(kmob(*((each.mkd_nip, MONDAY, "WFO") for each in people)))
		with acting_as(self.officer):
			doc.apply_file()
		frappe.db.commit()
		self.addCleanup(setattr, looking, "AT_ONCE", looking.AT_ONCE)
		self.addCleanup(setattr, applying, "record", applying.record)
		looking.AT_ONCE, record = 1, applying.record

		def killed(step, name):
			written = record(step, name)
			if step.wanted.employee == people[1].name:
				raise KeyboardInterrupt
			return written

		applying.record = killed
		with self.assertRaises(KeyboardInterrupt):
			applying.work(doc.name)
		frappe.db.rollback()
		self.assertEqual([len(self.rows(ATTENDANCE, each, SAID)) for each in people], [1, 0, 0])
		self.assertEqual(frappe.db.get_value(IMPORT, doc.name, "status"), "Applying")
		applying.record = record
		self.work(doc)
		self.assertEqual([len(self.rows(ATTENDANCE, each, SAID)) for each in people], [1, 1, 1])
		self.assertEqual((doc.status, self.counts(doc)), ("Applied", (3, 0, 0, 0)))
		self.assertEqual(frappe.db.count(IMPORT_LINE, {"mkd_import": doc.name}), 3)

	def test_an_error_that_is_no_fault_of_the_file_interrupts_it_and_it_goes_on_from_there(self):
		people = [self.member() for _ in range(2)]
		doc = self.checked(kmob(*((each.mkd_nip, MONDAY, "WFO") for each in people)))
		with acting_as(self.officer):
			doc.apply_file()
		self.addCleanup(setattr, looking, "AT_ONCE", looking.AT_ONCE)
		self.addCleanup(setattr, applying, "record", applying.record)
		looking.AT_ONCE, record = 1, applying.record

		def broken(step, name):
			if step.wanted.employee == people[1].name:
				raise ZeroDivisionError
			return record(step, name)

		applying.record = broken
		self.work(doc)
		self.assertEqual(doc.status, "Interrupted")
		applying.record = record
		with acting_as(self.officer):
			doc.apply_file()
		self.work(doc)
		self.assertEqual((doc.status, self.counts(doc)), ("Applied", (2, 0, 0, 0)))
