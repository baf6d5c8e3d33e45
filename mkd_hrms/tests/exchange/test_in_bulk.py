"""Rows of attendance that are stored together are the same as those that their documents store one by one."""

import frappe

from mkd_hrms.constants import DAY
from mkd_hrms.services.imports import applying, bulk_kinds, in_bulk
from mkd_hrms.tests.support.day_case import SHIFT, make_shift
from mkd_hrms.tests.support.import_case import ImportCase, as_csv, kmob
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
ATTENDANCE, CHECKIN = "Attendance", "Employee Checkin"
# What no two rows have alike.
OWN = ("name", "creation", "modified", "employee", "employee_name")
WORDS = ("WFO", "WFH", "DL", "Izin", "Tanpa Keterangan", "Cuti", "Setengah Hari Tanpa Keterangan")


class TestInBulk(ImportCase):
	def setUp(self):
		super().setUp()
		self.stored, record_many = [], in_bulk.record_many

		def noted(steps, name):
			places = record_many(steps, name)
			self.stored += [steps[place].wanted for place in sorted(places)]
			return places

		self.addCleanup(setattr, applying, "record_many", applying.record_many)
		applying.record_many = noted

	def rows_of(self, people, doctype=ATTENDANCE):
		found = frappe.get_all(
			doctype, {"employee": ("in", [each.name for each in people])}, ["*"], order_by="name"
		)
		by_person = {row.employee: {k: v for k, v in row.items() if k not in OWN} for row in found}
		return [by_person.get(each.name) for each in people]

	def file(self, people):
		times = ("07:25", "16:05")
		lines = [(each.mkd_nip, MONDAY, word, *times) for each, word in zip(people, WORDS, strict=True)]
		return kmob(*lines)

	def test_they_are_as_their_documents_would_be(self):
		together, one_by_one = [self.member() for _ in WORDS], [self.member() for _ in WORDS]
		doc = self.applied(self.file(together))
		self.assertEqual((len(self.stored), self.counts(doc)), (len(WORDS), (len(WORDS), 0, 0, 0)))
		self.addCleanup(setattr, in_bulk, "FEWEST", in_bulk.FEWEST)
		in_bulk.FEWEST = 100
		self.applied(self.file(one_by_one))
		self.assertEqual(len(self.stored), len(WORDS))
		first, second = self.rows_of(together), self.rows_of(one_by_one)
		self.assertNotIn(None, first)
		self.assertEqual(first, second)
		self.undone(doc)
		self.assertEqual({row["docstatus"] for row in self.rows_of(together)}, {2})

	def test_check_ins_are_too_unless_somebody_has_a_shift(self):
		together, one_by_one = [self.member() for _ in WORDS], [self.member() for _ in WORDS]

		def places(people):
			head = ["nip", "tanggal", "jenis", "jam_masuk", "lat_masuk", "long_masuk"]
			return as_csv(head, *([each.mkd_nip, MONDAY, "WFO", "07:25", "-6.9", "107.6"] for each in people))

		frappe.db.set_single_value("HR Settings", "allow_geolocation_tracking", 1)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_single_value, "HR Settings", "allow_geolocation_tracking", 0)
		frappe.db.commit()
		self.applied(places(together))
		self.assertEqual(len(self.stored), 2 * len(WORDS))
		self.addCleanup(setattr, in_bulk, "FEWEST", in_bulk.FEWEST)
		in_bulk.FEWEST = 100
		self.applied(places(one_by_one))
		in_bulk.FEWEST = 2
		first, second = (
			[{k: v for k, v in row.items() if k not in ("device_id", "mkd_received_at")} for row in found]
			for found in (self.rows_of(together, CHECKIN), self.rows_of(one_by_one, CHECKIN))
		)
		self.assertEqual(first, second)
		self.assertTrue(all("107.6" in row["geolocation"] for row in first))
		make_shift()
		on_shift, other = self.member(default_shift=SHIFT), [self.member(), self.member()]
		self.stored.clear()
		self.applied(places([on_shift, *other]))
		checked_in = {each.employee for each in self.stored if each.doctype == CHECKIN}
		self.assertEqual(checked_in, {each.name for each in other})
		self.assertEqual(self.rows(CHECKIN, on_shift, "shift offshift"), [(SHIFT, "0")])

	def test_numbers_go_on_behind_them(self):
		people = [self.member() for _ in WORDS]
		self.applied(self.file(people))
		row = {"doctype": ATTENDANCE, "employee": people[0].name, "attendance_date": TUESDAY}
		after = frappe.get_doc({**row, "status": "Present"}).insert()
		names = [
			name for each in people for (name,) in self.rows(ATTENDANCE, each, "name") if name != after.name
		]
		self.assertEqual(len(names), len(WORDS))
		self.assertGreater(after.name, max(names))

	def test_whoever_has_something_on_the_date_goes_through_his_document(self):
		people = [self.member() for _ in WORDS]
		booked, joins, left = people[0], people[1], people[2]
		values = {"mkd_date": MONDAY, "company": COMPANY, "person": booked.mkd_nip, "status": "Approved"}
		day = store_row(DAY, booked.name, iso_week="2026-W48", slot=1, **values)
		frappe.db.set_value("Employee", joins.name, "date_of_joining", TUESDAY)
		frappe.db.set_value("Employee", left.name, "status", "Inactive")
		in_bulk.FEWEST, few = 2, in_bulk.FEWEST
		self.addCleanup(setattr, in_bulk, "FEWEST", few)
		frappe.db.commit()
		doc = self.applied(self.file(people))
		self.assertEqual({each.employee for each in self.stored}, {each.name for each in people[3:]})
		self.assertEqual(self.rows(ATTENDANCE, booked, "status mkd_day"), [("Work From Home", day.name)])
		self.assertEqual([row[3] for row in self.rejected(doc)], ["not_taken", "not_taken"])

	def test_where_somebody_listens_each_is_a_document(self):
		notice = frappe.get_doc(
			{
				"doctype": "Notification",
				"subject": "Presensi",
				"document_type": ATTENDANCE,
				"event": "Submit",
				"channel": "System Notification",
				"recipients": [{"receiver_by_role": "HR Manager"}],
				"message": "-",
			}
		).insert()
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(notice.delete)
		people = [self.member() for _ in WORDS]
		doc = self.applied(self.file(people))
		self.assertEqual((self.stored, self.counts(doc)), ([], (len(WORDS), 0, 0, 0)))

	def test_what_another_one_has_written_meanwhile_is_refused_and_nothing_is_doubled(self):
		people = [self.member() for _ in WORDS]
		lock, told = bulk_kinds.lock_attendance, []

		def taken(database, employees, first, last):
			told.append(True)
			row = {"doctype": ATTENDANCE, "employee": people[0].name, "attendance_date": MONDAY}
			if len(told) == 1:
				frappe.get_doc({**row, "status": "Absent"}).insert(ignore_permissions=True).submit()
			return lock(database, employees, first, last)

		self.addCleanup(setattr, bulk_kinds, "lock_attendance", lock)
		bulk_kinds.lock_attendance = taken
		doc = self.applied(self.file(people))
		self.assertEqual(self.counts(doc), (len(WORDS) - 1, 0, 0, 1))
		self.assertEqual(self.rows(ATTENDANCE, people[0], "status"), [("Absent",)])
