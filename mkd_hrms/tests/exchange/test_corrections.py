"""Check-ins of files: with their place, moved by a correction, and for HR to confirm where the MKD day is over."""

import frappe

from mkd_hrms.constants import DAY, IMPORT_LINE
from mkd_hrms.services.imports import corrections
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.import_case import ImportCase, as_csv, attlog
from mkd_hrms.tests.support.people import acting_as, make_user, store_row
from mkd_hrms.tests.support.world import COMPANY

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
ATTENDANCE, CHECKIN = "Attendance", "Employee Checkin"
HEAD = "nip tanggal jenis jam_masuk jam_pulang lat_masuk long_masuk lat_pulang long_pulang".split()


def with_places(*rows):
	"""NIP, day, kind, both times, and both places where they are said."""
	return as_csv(HEAD, *([*row, *[""] * (len(HEAD) - len(row))] for row in rows))


class TestPlaces(ImportCase):
	SAID = "time log_type latitude longitude device_id"

	def test_where_the_file_says_a_place_there_is_a_check_in_of_it(self):
		one = self.member()
		content = with_places(
			(one.mkd_nip, MONDAY, "WFO", "07:25", "16:05", "-6.9025", "107.6187"),
			(one.mkd_nip, TUESDAY, "WFO", "07:20", "16:00"),
		)
		doc = self.applied(content)
		self.assertEqual(self.counts(doc), (3, 0, 0, 0))
		self.assertEqual(
			self.rows(CHECKIN, one, self.SAID),
			[(f"{MONDAY} 07:25:00", "IN", "-6.9025", "107.6187", doc.name)],
		)
		lines = frappe.get_all(IMPORT_LINE, {"employee": one.name, "document_type": CHECKIN}, pluck="after")
		self.assertEqual(["6.9025" in line for line in lines], [False])
		received = frappe.db.get_value(CHECKIN, {"employee": one.name}, "mkd_received_at")
		self.assertEqual(str(received)[:10], "2026-11-25")
		self.assertEqual(self.counts(self.checked(content)), (0, 0, 3, 0))

	def test_a_correction_moves_the_check_in_and_its_history_says_so(self):
		one = self.member()
		place = ("-6.9025", "107.6187")
		self.applied(with_places((one.mkd_nip, MONDAY, "WFO", "07:25", "16:05", *place)))
		doc = self.applied(with_places((one.mkd_nip, MONDAY, "WFO", "07:40", "16:05", *place)))
		self.assertEqual(self.counts(doc), (0, 2, 0, 0))
		((name, at),) = self.rows(CHECKIN, one, "name time")
		self.assertEqual(at, f"{MONDAY} 07:40:00")
		history = frappe.get_all("Version", {"docname": name}, pluck="data")
		self.assertTrue(any("07:25" in data for data in history))
		self.undone(doc)
		self.assertEqual(self.rows(CHECKIN, one, "name time"), [(name, f"{MONDAY} 07:25:00")])

	def test_an_undo_takes_them_away(self):
		one = self.member()
		doc = self.applied(
			with_places((one.mkd_nip, MONDAY, "WFO", "07:25", "16:05", "-6.9", "107.6", "-6.9", "107.6"))
		)
		self.assertEqual(len(self.rows(CHECKIN, one, "name")), 2)
		self.undone(doc)
		self.assertEqual((doc.status, self.rows(CHECKIN, one, "name")), ("Undone", []))


class TestDaysThatAreOver(ImportCase):
	def over(self, status, **values):
		employee = self.member(user_id=make_user("Employee"))
		said = {
			"mkd_date": MONDAY,
			"company": COMPANY,
			"person": employee.mkd_nip,
			"status": status,
			**values,
		}
		day = store_row(DAY, employee.name, iso_week="2026-W48", slot=1, **said)
		frappe.db.commit()
		return employee, day

	def asked(self, employee):
		content = attlog((employee.attendance_device_id, f"{MONDAY} 07:10:00"))
		doc = self.applied(content)
		self.assertEqual((doc.status, doc.correction_count, self.counts(doc)), ("Applied", 1, (0, 0, 0, 0)))
		self.assertEqual(self.rows(CHECKIN, employee, "name"), [])
		lines = frappe.get_all(
			IMPORT_LINE, {"mkd_import": doc.name}, ["name", "decision", "mkd_day", "moment"]
		)
		self.assertEqual([line.decision for line in lines], ["Open"])
		return doc, lines[0].name, content

	def decide(self, line, confirmed, user=None):
		with acting_as(user or self.officer):
			return corrections.decide(line, confirmed)

	def test_confirmed_it_is_a_check_in_and_the_absence_is_taken_back(self):
		one, day = self.over("No Show", no_presence=1)
		doc, line, content = self.asked(one)
		self.assertEqual(self.decide(line, True), "Confirmed")
		self.assertEqual(self.rows(CHECKIN, one, "time device_id"), [(f"{MONDAY} 07:10:00", doc.name)])
		stands = frappe.db.get_value(DAY, day.name, ["status", "no_presence"])
		self.assertEqual(stands, ("Worked", 0))
		self.assertEqual(self.rows(ATTENDANCE, one, "status mkd_day"), [("Work From Home", day.name)])
		frappe.db.commit()
		again = self.checked(content)
		self.assertEqual((again.correction_count, self.counts(again)), (0, (0, 0, 1, 0)))
		with self.assertRaises(MoveNotAllowed):
			self.decide(line, False)
		with acting_as(self.officer), self.assertRaisesRegex(frappe.ValidationError, "HR has confirmed"):
			doc.undo_import()

	def test_refused_it_leaves_the_day_as_it_is_and_is_not_asked_again(self):
		one, day = self.over("No Show")
		_doc, line, content = self.asked(one)
		self.assertEqual(self.decide(line, False), "Refused")
		frappe.db.commit()
		self.assertEqual(self.rows(CHECKIN, one, "name"), [])
		self.assertEqual(frappe.db.get_value(DAY, day.name, "status"), "No Show")
		self.assertEqual(self.counts(self.checked(content)), (0, 0, 1, 0))
		decided = frappe.db.get_value(IMPORT_LINE, line, ["decided_by", "decision"])
		self.assertEqual(decided, (self.officer, "Refused"))

	def test_a_worked_day_learns_that_there_was_presence_and_a_revoked_one_stays_revoked(self):
		for status, becomes in (("Worked", ("Worked", 0)), ("Revoked", ("Revoked", 1))):
			with self.subTest(status):
				one, day = self.over(status, no_presence=1)
				_doc, line, _content = self.asked(one)
				self.decide(line, True)
				self.assertEqual(frappe.db.get_value(DAY, day.name, ["status", "no_presence"]), becomes)
				frappe.db.commit()

	def test_nobody_decides_about_his_own_and_only_hr_decides(self):
		one, _day = self.over("No Show")
		_doc, line, _content = self.asked(one)
		frappe.get_doc("User", one.user_id).add_roles("HR Manager")
		for user in (one.user_id, make_user("Employee"), make_user("MKD Approver")):
			with self.subTest(user), self.assertRaises((frappe.PermissionError, MoveNotAllowed)):
				self.decide(line, True, user)
		self.assertEqual(frappe.db.get_value(IMPORT_LINE, line, "decision"), "Open")

	def test_an_undo_withdraws_what_is_still_open(self):
		one, _day = self.over("No Show")
		doc, line, content = self.asked(one)
		self.undone(doc)
		self.assertEqual(doc.status, "Undone")
		with self.assertRaises(MoveNotAllowed):
			self.decide(line, True)
		self.assertEqual(self.checked(content).correction_count, 1)

	def test_a_place_waits_with_its_check_in_and_stays_nowhere_else(self):
		one, _day = self.over("No Show")
		doc = self.applied(with_places((one.mkd_nip, MONDAY, "WFH", "07:25", "16:05", "-6.9025", "107.6187")))
		self.assertEqual((doc.correction_count, [row[3] for row in self.rejected(doc)]), (1, ["day_ended"]))
		line = frappe.db.get_value(IMPORT_LINE, {"mkd_import": doc.name})
		self.decide(line, True)
		self.assertEqual(self.rows(CHECKIN, one, "log_type latitude"), [("IN", "-6.9025")])
		self.assertNotIn("6.9025", frappe.db.get_value(IMPORT_LINE, line, "after"))

	def test_a_place_that_waits_goes_with_an_undo(self):
		one, _day = self.over("No Show")
		content = with_places((one.mkd_nip, MONDAY, "WFH", "07:25", "16:05", "-6.9025", "107.6187"))
		doc = self.undone(self.applied(content))
		after = frappe.get_all(IMPORT_LINE, {"mkd_import": doc.name}, pluck="after")
		self.assertEqual((len(after), "6.9025" in after[0]), (1, False))

	def test_a_place_on_a_worked_day_whose_presence_is_known_changes_nothing(self):
		one, _day = self.over("Worked")
		doc = self.checked(with_places((one.mkd_nip, MONDAY, "WFH", "07:25", "16:05", "-6.9025", "107.6187")))
		self.assertEqual((doc.correction_count, self.counts(doc)), (0, (0, 0, 2, 0)))
