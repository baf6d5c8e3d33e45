"""Attendance and check-ins that are taken back together leave behind what their documents leave, one by one."""

import json
from contextlib import contextmanager

import frappe

from mkd_hrms.constants import CHECKIN, DAY, IMPORT, IMPORT_LINE, PLACE_HINT
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.imports import read_later
from mkd_hrms.services.imports import undoing, undone_in_bulk
from mkd_hrms.services.platform import timeline, work_queue
from mkd_hrms.services.standing.changes_noted import INBOX
from mkd_hrms.tests.support.import_case import ImportCase, places
from mkd_hrms.tests.support.other_process import forget_all_jobs, forget_what_waits, work_the_queue
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.statements import is_looked_up, shapes, statements_of
from mkd_hrms.tests.support.world import COMPANY

ATTENDANCE = "Attendance"
MONDAY = "2026-11-23"
PEOPLE = 6
# What no two rows have alike.
OWN = {
	"name",
	"creation",
	"modified",
	"employee",
	"employee_name",
	"docname",
	"reference_name",
	"deleted_name",
}
OWN |= {"device_id", "mkd_received_at", "subject", "attendance_device_id"}
# Statements for a hundred records that are taken back, where these are some hundred.
A_HUNDRED = 60


@contextmanager
def as_in_production():
	"""In tests the platform keeps no versions, and deletes what hangs on a document at once."""
	frappe.flags.in_test = False
	try:
		yield
	finally:
		frappe.flags.in_test = True


class UndoneCase(ImportCase):
	def setUp(self):
		super().setUp()
		self.together, put_back_many = [], undoing.put_back_many
		forget_all_jobs()
		forget_what_waits()
		self.forget_deleted()

		def noted(lines):
			done = put_back_many(lines)
			self.together += sorted(done)
			return done

		self.addCleanup(setattr, undoing, "put_back_many", put_back_many)
		undoing.put_back_many = noted

	def forget_deleted(self):
		"""The number of a check-in that was the last is given to the next one."""
		frappe.db.delete("Deleted Document", {"deleted_doctype": CHECKIN})
		frappe.db.delete("Comment", {"comment_type": "Deleted", "reference_doctype": CHECKIN})
		frappe.db.commit()

	def one_by_one(self):
		self.addCleanup(setattr, undone_in_bulk, "FEWEST", undone_in_bulk.FEWEST)
		undone_in_bulk.FEWEST = 10_000

	def lines(self, doc):
		fields = ["document_type", "document_name", "undone"]
		return frappe.get_all(IMPORT_LINE, {"mkd_import": doc.name}, fields, order_by="creation, row_no")

	def named(self, doc, doctype):
		return [line.document_name for line in self.lines(doc) if line.document_type == doctype]

	def listening(self, doctype, event):
		notice = {"doctype": "Notification", "subject": "Presensi", "document_type": doctype, "event": event}
		notice |= {"channel": "System Notification", "message": "-"}
		doc = frappe.get_doc({**notice, "recipients": [{"receiver_by_role": "HR Manager"}]}).insert()
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(doc.delete)


class TestWhatIsLeftBehind(UndoneCase):
	def test_it_is_the_same_by_both_ways(self):
		found = []
		for is_bulk in (True, False):
			people = [self.member() for _ in range(PEOPLE)]
			doc = self.applied(places(people, [MONDAY]))
			written = {kind: self.named(doc, kind) for kind in (ATTENDANCE, CHECKIN)}
			self.hang_on(written, people)
			if not is_bulk:
				self.one_by_one()
			self.together.clear()
			self.forget_deleted()
			with as_in_production():
				self.undone(doc)
			self.assertEqual(len(self.together), 2 * PEOPLE if is_bulk else 0)
			self.assertEqual((doc.status, {line.undone for line in self.lines(doc)}), ("Undone", {1}))
			concerned = work_queue.take(INBOX)
			self.assertEqual(
				concerned, {frappe.as_json(["Employee", each.name], indent=None) for each in people}
			)
			forget_what_waits()
			work_the_queue("default")
			frappe.db.rollback()
			found.append(self.left_behind(written, people))
		together, one_by_one = found
		for about, rows in together.items():
			with self.subTest(about):
				self.assertEqual(rows, one_by_one[about])
		self.assertEqual([row["docstatus"] for row in together[ATTENDANCE]], [2] * PEOPLE)
		self.assertEqual(len(together["Deleted Document"]), PEOPLE)
		self.assertEqual(len(together["Version"]), PEOPLE)

	def hang_on(self, written, people):
		"""What people leave on documents; and a check-in of the day, of which attendance was made."""
		for kind, names in written.items():
			timeline.note(kind, [(name, "Dilihat") for name in names])
			for name in names:
				frappe.get_doc(
					{"doctype": "ToDo", "description": "-", "reference_type": kind, "reference_name": name}
				).db_insert()
		for employee, name in zip(people, written[ATTENDANCE], strict=True):
			values = {"time": f"{MONDAY} 07:20:00", "attendance": name, "skip_auto_attendance": 1}
			row = frappe.get_doc({"doctype": CHECKIN, "employee": employee.name, **values})
			row.name = frappe.generate_hash(length=10)
			row.db_insert()
		frappe.db.commit()

	def left_behind(self, written, people):
		"""By kind the rows that speak of these records, without what no two have alike."""
		of = {"employee": ("in", [each.name for each in people])}
		names = [*written[ATTENDANCE], *written[CHECKIN]]
		deleted = self.kept("Deleted Document", deleted_name=("in", names))
		for row in deleted:
			row["data"] = {k: v for k, v in json.loads(row["data"]).items() if k not in OWN}
		subjects = [f"{CHECKIN} {name}" for name in written[CHECKIN]]
		prefix = written[CHECKIN][0].rpartition("-")[0] + "-"
		newest = frappe.db.sql("select current from tabSeries where name = %s", prefix)[0][0]
		return {
			ATTENDANCE: self.kept(ATTENDANCE, **of),
			CHECKIN: self.kept(CHECKIN, **of),
			"Deleted Document": deleted,
			"Version": self.kept("Version", docname=("in", names)),
			"Comment": self.kept("Comment", reference_name=("in", names)),
			"Feed": self.kept("Comment", subject=("in", subjects)),
			"ToDo": self.kept("ToDo", reference_name=("in", names)),
			"Series": newest - int(min(written[CHECKIN]).removeprefix(prefix)),
		}

	def kept(self, doctype, **filters):
		found = frappe.get_all(
			doctype, filters, ["*"], order_by="name" if doctype == ATTENDANCE else "creation"
		)
		return [{k: v for k, v in row.items() if k not in OWN} for row in found]


class TestWhatIsLeftToDocuments(UndoneCase):
	def test_attendance_that_an_mkd_day_names_follows_the_day(self):
		people = [self.member() for _ in range(PEOPLE)]
		doc = self.applied(places(people, [MONDAY]))
		values = {"mkd_date": MONDAY, "company": COMPANY, "person": people[0].mkd_nip, "status": "Approved"}
		day = store_row(DAY, people[0].name, iso_week="2026-W48", slot=1, **values)
		name = frappe.db.get_value(ATTENDANCE, {"employee": people[0].name})
		frappe.db.set_value(ATTENDANCE, name, "mkd_day", day.name)
		frappe.db.set_value(DAY, day.name, "attendance", name)
		frappe.db.commit()
		self.undone(doc)
		self.assertEqual(len(self.together), 2 * PEOPLE - 1)
		self.assertEqual(doc.status, "Undone")
		self.assertEqual(frappe.db.get_value(ATTENDANCE, name, "docstatus"), 2)
		self.assertIsNone(frappe.db.get_value(DAY, day.name, "attendance"))

	def test_what_somebody_has_taken_away_already_is_gone(self):
		people = [self.member() for _ in range(PEOPLE)]
		doc = self.applied(places(people, [MONDAY]))
		frappe.delete_doc(CHECKIN, self.named(doc, CHECKIN)[0], ignore_permissions=True)
		frappe.get_doc(ATTENDANCE, self.named(doc, ATTENDANCE)[0]).cancel()
		frappe.db.commit()
		self.undone(doc)
		self.assertEqual((doc.status, len(self.together)), ("Undone", 2 * PEOPLE))
		deleted = frappe.get_all("Deleted Document", {"deleted_name": ("in", self.named(doc, CHECKIN))})
		self.assertEqual(len(deleted), PEOPLE)

	def test_a_file_beside_a_check_in_goes_with_it(self):
		people = [self.member() for _ in range(PEOPLE)]
		doc = self.applied(places(people, [MONDAY]))
		beside = {"attached_to_doctype": CHECKIN, "attached_to_name": self.named(doc, CHECKIN)[0]}
		file = {"doctype": "File", "file_name": "foto.txt", "content": frappe.generate_hash(), **beside}
		name = frappe.get_doc(file).insert(ignore_permissions=True).name
		frappe.db.commit()
		self.undone(doc)
		self.assertEqual((doc.status, len(self.together)), ("Undone", 2 * PEOPLE - 1))
		self.assertFalse(frappe.db.exists("File", name))

	def test_a_check_in_that_a_hint_names_is_left_and_nothing_else_is_lost(self):
		people = [self.member() for _ in range(PEOPLE)]
		doc = self.applied(places(people, [MONDAY]))
		name = self.named(doc, CHECKIN)[0]
		hint = store_row(PLACE_HINT, people[0].name, checkin=name, mkd_date=MONDAY, status="Open")
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, PLACE_HINT, {"name": hint.name})
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError) as refusal:
			doc.undo_import()
		self.assertIn(hint.name, str(refusal.exception))
		frappe.db.rollback()
		self.assertEqual(len(self.rows(ATTENDANCE, people[1], "name", docstatus=1)), 1)

	def test_where_somebody_listens_each_is_a_document(self):
		self.listening(ATTENDANCE, "Cancel")
		people = [self.member() for _ in range(PEOPLE)]
		doc = self.applied(places(people, [MONDAY]))
		self.undone(doc)
		checkins = {line.name for line in self.lines_with_names(doc) if line.document_type == CHECKIN}
		self.assertEqual((doc.status, set(self.together)), ("Undone", checkins))
		self.assertEqual([self.rows(ATTENDANCE, each, "name") for each in people], [[]] * PEOPLE)

	def lines_with_names(self, doc):
		return frappe.get_all(IMPORT_LINE, {"mkd_import": doc.name}, ["name", "document_type"])


class TestItsCost(UndoneCase):
	def test_a_hundred_records_take_few_statements(self):
		people = [self.member() for _ in range(PEOPLE)]
		days = [f"2026-10-{number:02d}" for number in range(1, 29)]
		# The first time fills the caches.
		self.undone(self.applied(places(people, [MONDAY])))
		self.together.clear()
		doc = self.applied(places(people, days))
		count = len(self.lines(doc))
		self.assertEqual(count, 2 * PEOPLE * len(days))
		with acting_as(self.officer):
			doc.undo_import()
		frappe.db.commit()
		found = statements_of(lambda: self.work(doc))
		self.assertEqual((doc.status, len(self.together)), ("Undone", count))
		kinds = "\n".join(f"{number} {kind}" for kind, number in shapes(found).most_common(20))
		self.assertLessEqual(100 * len(found) / count, A_HUNDRED, kinds)
		print(f"\n{len(found)} statements for {count} records that were taken back together.", flush=True)

	def test_a_set_that_another_one_kept_out_is_done_again(self):
		people = [self.member() for _ in range(PEOPLE)]
		doc = self.applied(places(people, [MONDAY]))
		once, put_back_many = [], undoing.put_back_many

		def kept_out(lines):
			done = put_back_many(lines)
			if not once:
				once.append(True)
				raise frappe.QueryDeadlockError
			return done

		undoing.put_back_many = kept_out
		self.undone(doc)
		self.assertEqual(doc.status, "Undone")
		names = self.named(doc, CHECKIN)
		self.assertEqual(frappe.db.count("Deleted Document", {"deleted_name": ("in", names)}), len(names))
		self.assertEqual(frappe.db.get_value(IMPORT, doc.name, "progress"), 100)

	def test_what_other_imports_wrote_of_the_same_is_found_by_its_index(self):
		doc = self.applied(places([self.member()], [MONDAY]))
		(asked,) = statements_of(lambda: read_later(SiteDatabase(), doc.name))
		self.assertTrue(is_looked_up(asked, "mkd_same"))
