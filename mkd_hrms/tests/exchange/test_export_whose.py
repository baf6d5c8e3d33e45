"""Who gets a file and of whom, who sees it, what is logged, how long it stays, and what a killed worker leaves."""

from datetime import timedelta

import frappe
from frappe.utils import get_datetime

from mkd_hrms.constants import EXPORT
from mkd_hrms.services.exports import keeping, writing
from mkd_hrms.services.platform.attached_files import path_of
from mkd_hrms.tests.support.export_case import ExportCase
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import OFFICE, other_company, unit

MONDAY = "2026-11-23"


def limited(user, allow, value):
	row = {"doctype": "User Permission", "user": user, "allow": allow, "for_value": value}
	frappe.get_doc(row).insert(ignore_permissions=True)
	frappe.db.commit()
	return user


class TestWhose(ExportCase):
	def people_in(self, doc):
		lines = self.content(doc).decode("utf-8-sig").splitlines()[1:]
		return {line.split(";")[0] for line in lines}

	def test_user_permissions_leave_a_part_of_the_company(self):
		one, other = self.member(), self.member(department=unit(OFFICE))
		for each in (one, other):
			self.attended(each, MONDAY, "Present")
		user = limited(make_user("HR Manager"), "Department", self.unit)
		found = self.people_in(self.exported("kmob", user, department=None))
		self.assertIn(one.mkd_nip, found)
		self.assertNotIn(other.mkd_nip, found)
		self.assertIn(other.mkd_nip, self.people_in(self.exported("kmob", department=None)))

	def test_a_permission_for_one_kind_of_record_limits_what_is_told_of_it(self):
		one, other = self.member(), self.member(department=unit(OFFICE))
		for each in (one, other):
			self.attended(each, MONDAY, "Present")
		user = make_user("HR Manager")
		row = {"doctype": "User Permission", "user": user, "allow": "Department", "for_value": self.unit}
		row |= {"apply_to_all_doctypes": 0, "applicable_for": "Attendance"}
		frappe.get_doc(row).insert(ignore_permissions=True)
		frappe.db.commit()
		found = self.people_in(self.exported("kmob", user, department=None))
		self.assertIn(one.mkd_nip, found)
		self.assertNotIn(other.mkd_nip, found)

	def test_the_recap_and_the_tables_are_of_the_same_people(self):
		one, other = self.member(), self.member()
		self.away(one, MONDAY, "Worked")
		self.away(other, MONDAY, "Worked")
		user = limited(make_user("HR Manager"), "Employee", one.name)
		for values in (
			{"kind": "Monthly Recap", "format": "CSV"},
			{"kind": "Open Tables", "format": "CSV"},
		):
			with self.subTest(**values):
				doc = self.exported(user=user, **values)
				content = self.content(doc)
				if values["kind"] == "Open Tables":
					import tempfile

					with tempfile.TemporaryDirectory() as folder:
						unpacked = self.unpacked(doc, folder)
						content = b"".join(path.read_bytes() for path in sorted(unpacked.iterdir()))
				self.assertIn(one.name.encode(), content)
				self.assertNotIn(other.name.encode(), content)

	def test_whom_another_company_is_left_gets_none_of_this_one_and_hr_users_none_at_all(self):
		elsewhere = limited(make_user("MKD Officer"), "Company", other_company())
		for user in (elsewhere, make_user("HR User"), make_user("Employee")):
			with self.subTest(user), self.assertRaises(frappe.PermissionError):
				self.asked("kmob", user)
			frappe.db.rollback()
			frappe.set_user("Administrator")

	def test_whoever_is_no_officer_any_more_when_the_worker_comes_to_it_gets_nothing(self):
		user = make_user("MKD Officer", "Employee")
		self.attended(self.member(), MONDAY, "Present")
		doc = self.asked("kmob", user)
		frappe.get_doc("User", user).remove_roles("MKD Officer")
		frappe.db.commit()
		doc = self.written(doc)
		self.assertEqual((doc.status, doc.written_file), ("Failed", None))
		self.assertIn("Only an HR Manager or an MKD Officer", doc.problems)

	def test_a_colleague_sees_neither_the_export_nor_its_file(self):
		self.attended(self.member(), MONDAY, "Present")
		doc = self.exported("kmob")
		file = frappe.get_doc("File", {"file_url": doc.written_file})
		self.assertEqual((file.is_private, file.attached_to_name), (1, doc.name))
		with acting_as(self.officer):
			self.assertTrue(file.is_downloadable())
		for user in (make_user("MKD Officer"), make_user("HR Manager"), make_user("Employee")):
			with acting_as(user):
				self.assertFalse(frappe.has_permission(EXPORT, "read", doc=doc.name))
				if frappe.has_permission(EXPORT):
					self.assertEqual(frappe.get_list(EXPORT, pluck="name"), [])
				self.assertFalse(file.is_downloadable())

	def test_nobody_writes_what_the_worker_finds(self):
		doc = self.asked("kmob", status="Completed", written_file="/private/files/x", row_count=7)
		self.assertEqual((doc.status, doc.written_file, doc.row_count), ("Waiting", None, None))
		with acting_as(self.officer), self.assertRaises(frappe.PermissionError):
			doc.status = "Completed"
			doc.save()
		with acting_as(self.officer):
			# Else the form of a new one is closed.
			self.assertTrue(frappe.has_permission(EXPORT, "write"))

	def test_what_left_the_site_is_logged_with_whoever_took_it(self):
		self.recorded(
			"MKD Discipline Record", self.member(), level="Light", stage="In Force", from_date=MONDAY
		)
		doc = self.exported("siasn-discipline")
		line = {"reference_document": doc.name, "export_from": "MKD Discipline Record", "method": "Export"}
		self.assertEqual(frappe.get_all("Access Log", line, pluck="user"), [self.officer])
		doc = self.exported(kind="Open Tables", format="CSV")
		logged = frappe.get_all("Access Log", {"reference_document": doc.name}, pluck="export_from")
		self.assertLessEqual({"MKD Discipline Record", "Attendance", "Employee"}, set(logged))


class TestTheFile(ExportCase):
	def test_it_goes_after_some_days_and_the_export_says_so(self):
		self.attended(self.member(), MONDAY, "Present")
		doc, young = self.exported("kmob"), self.exported("kmob")
		path = path_of(doc.written_file)
		old = get_datetime(doc.finished_on) - timedelta(days=keeping.DAYS_KEPT + 1)
		doc.db_set("finished_on", old)
		frappe.db.commit()
		keeping.remove_old()
		doc.reload()
		self.assertEqual((doc.status, doc.written_file, path.exists()), ("Removed", None, False))
		self.assertTrue(path_of(young.written_file))

	def test_it_goes_with_the_export(self):
		self.attended(self.member(), MONDAY, "Present")
		doc = self.exported("kmob")
		path = path_of(doc.written_file)
		with acting_as(self.officer):
			frappe.get_doc(EXPORT, doc.name).delete()
		frappe.db.commit()
		self.assertFalse(path.exists())

	def test_a_worker_that_is_killed_leaves_nothing_and_another_one_writes_it(self):
		self.attended(self.member(), MONDAY, "Present")
		doc, attach = self.asked("kmob"), keeping.attach
		self.addCleanup(setattr, keeping, "attach", attach)

		def killed(*_arguments):
			raise KeyboardInterrupt

		keeping.attach = killed
		with self.assertRaises(KeyboardInterrupt):
			writing.work(doc.name)
		frappe.set_user("Administrator")
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(EXPORT, doc.name, ["status", "written_file"]), ("Running", None))
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError):
			frappe.get_doc(EXPORT, doc.name).delete()
		frappe.db.rollback()
		keeping.attach = attach
		again = []
		self.addCleanup(setattr, writing, "start", writing.start)
		writing.start = again.append
		writing.start_unfinished()
		self.assertIn(doc.name, again)
		self.assertEqual(len(self.content(self.written(doc)).splitlines()), 2)

	def test_an_error_that_is_no_fault_of_the_question_is_logged_and_told(self):
		self.addCleanup(setattr, keeping, "attach", keeping.attach)

		def broken(*_arguments):
			raise OSError("disk")

		self.attended(self.member(), MONDAY, "Present")
		keeping.attach = broken
		doc = self.exported("kmob")
		self.assertEqual(doc.status, "Failed")
		self.assertIn("Ask for it again", doc.problems)
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": doc.name}))
