"""Coordinates and evidence of MKD days after the retention period (rule P4), and at the wish of the person."""

import json
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DAILY_REPORT, OBJECTION, REQUEST
from mkd_hrms.services.daily_reports.evidence_files import EvidenceRefused
from mkd_hrms.services.privacy import personal_data_file, retention
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, at, moment, written
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.verification_case import VerificationCase

EXACT = {"latitude": -6.914744, "longitude": 107.60981}
ROUNDED = (-6.91, 107.61, None, 0)
# The first night on which Thursday is older than twelve months, and the one before.
OVER, NOT_YET = (getdate("2027-11-27"), 1), (getdate("2027-11-26"), 1)


class RetentionCase(VerificationCase):
	def setUp(self):
		self.worker = self.approved()
		place = {"place_latitude": EXACT["latitude"], "place_longitude": EXACT["longitude"]}
		frappe.db.set_value(REQUEST, self.worker.request, place)
		self.away, self.office = (self.present(day) for day in (THURSDAY, FRIDAY))
		self.addCleanup(self.clear)

	def clear(self):
		"""What a run does is committed."""
		frappe.db.rollback()
		for doctype in ("MKD Retention Run", "Personal Data Deletion Request"):
			frappe.db.delete(doctype)
		frappe.db.delete("File", {"attached_to_name": ("in", (self.worker.request, "-"))})
		frappe.db.delete(OBJECTION, {"employee": self.worker.name})
		frappe.db.commit()

	def present(self, day):
		checkin = frappe.get_doc(
			{
				"doctype": "Employee Checkin",
				"employee": self.worker.name,
				"time": moment(day, 8),
				"log_type": "IN",
			}
		)
		checkin.update({**EXACT, "mkd_accuracy": 12, "geolocation": json.dumps({"exact": EXACT})})
		checkin.insert(ignore_permissions=True)
		frappe.db.set_value("Employee Checkin", checkin.name, "geolocation", json.dumps({"exact": EXACT}))
		return checkin.name

	def position(self, checkin):
		columns = ["latitude", "longitude", "geolocation", "mkd_accuracy"]
		return frappe.db.get_value("Employee Checkin", checkin, columns)

	def attach(self, doctype, name, content):
		file = {
			"file_name": "bukti.txt",
			"attached_to_doctype": doctype,
			"attached_to_name": name,
			"is_private": 1,
			# Nobody else's file is the same: one that is used elsewhere stays on the disk.
			"content": f"{content} {frappe.generate_hash()}",
		}
		file = frappe.get_doc({"doctype": "File", **file}).insert(ignore_permissions=True)
		return file.name, Path(file.get_full_path())

	def verified(self, employee, **values):
		"""A report that was handed in and verified in the evening of its day."""
		report = self.report(employee, **values)
		self.decide(report, "Verify Report", self.boss.user_id, (THURSDAY, 21))
		return self.stored(report)

	def forget(self, when=OVER):
		with at(*when):
			return frappe.get_doc("MKD Retention Run", retention.forget())


class TestTheNight(RetentionCase):
	def test_after_twelve_months_the_position_of_an_mkd_day_is_rounded_and_no_other(self):
		run = self.forget()
		self.assertEqual(self.position(self.away), ROUNDED)
		self.assertEqual(self.position(self.office)[:2], tuple(EXACT.values()))
		self.assertTrue(self.position(self.office)[2])
		place = frappe.db.get_value(REQUEST, self.worker.request, ["place_latitude", "place_longitude"])
		self.assertEqual(place, ROUNDED[:2])
		self.assertEqual((run.checkins, run.places, str(run.days_before)), (1, 1, "2026-11-27"))

	def test_on_the_last_day_of_the_period_nothing_is_touched(self):
		run = self.forget(NOT_YET)
		self.assertEqual((run.checkins, run.places, run.files), (0, 0, 0))
		self.assertEqual(self.position(self.away)[:2], tuple(EXACT.values()))

	def test_without_a_period_nothing_is_deleted(self):
		frappe.db.set_single_value("MKD Settings", "retention_months", 0)
		with at(*OVER):
			self.assertIsNone(retention.forget())
		self.assertEqual(self.position(self.away)[:2], tuple(EXACT.values()))

	def test_a_second_run_finds_nothing_and_is_recorded_too(self):
		self.forget()
		run = self.forget()
		self.assertEqual((run.checkins, run.places, run.files), (0, 0, 0))
		self.assertEqual(frappe.db.count("MKD Retention Run"), 2)

	def test_what_was_changed_is_not_kept_in_the_versions_either(self):
		kept = [self.version("latitude"), self.version("log_type")]
		self.forget()
		self.assertEqual([bool(frappe.db.exists("Version", name)) for name in kept], [False, True])

	def version(self, field):
		data = json.dumps({"changed": [[field, "-6.914744", "-6.917464"]]})
		version = {
			"doctype": "Version",
			"ref_doctype": "Employee Checkin",
			"docname": self.away,
			"data": data,
		}
		return frappe.get_doc(version).insert(ignore_permissions=True).name

	def test_evidence_goes_from_the_record_and_from_the_disk(self):
		report = self.verified(self.worker)
		files = [self.attach(REQUEST, self.worker.request, "a"), self.attach(DAILY_REPORT, report.name, "b")]
		frappe.db.set_value(REQUEST, self.worker.request, "evidence", "/private/files/bukti.txt")
		row = (report.activities[0].doctype, report.activities[0].name)
		frappe.db.set_value(*row, "evidence", "/private/files/bukti.txt")
		self.assertEqual(self.forget(NOT_YET).files, 0)
		self.assertEqual(self.forget().files, 2)
		for name, path in files:
			self.assertFalse(frappe.db.exists("File", name) or path.exists())
		self.assertIsNone(frappe.db.get_value(REQUEST, self.worker.request, "evidence"))
		self.assertIsNone(frappe.db.get_value(*row, "evidence"))

	def test_what_an_open_objection_is_about_stays_until_it_is_decided(self):
		report = self.verified(self.worker)
		found = frappe.new_doc(OBJECTION)
		found.update({"employee": self.worker.name, "status": "Pending Decision", "grounds": "-"})
		found.update({"against_doctype": DAILY_REPORT, "against_name": report.name})
		with at(THURSDAY, 21):
			found.db_insert()
		self.attach(DAILY_REPORT, report.name, "a")
		self.attach(OBJECTION, found.name, "b")
		self.attach(REQUEST, self.worker.request, "c")
		self.assertEqual((self.forget().files, self.forget().files), (1, 0))
		frappe.db.set_value(OBJECTION, found.name, "status", "Dismissed")
		self.assertEqual(self.forget().files, 2)

	def test_a_file_that_cannot_be_deleted_keeps_no_other_waiting(self):
		report = self.verified(self.worker)
		(kept, _path), _gone = (self.attach(DAILY_REPORT, report.name, content) for content in ("a", "b"))
		delete = retention._delete_file

		def some(name, *owner):
			if name == kept:
				raise PermissionError(name)
			delete(name, *owner)

		with patch.object(retention, "_delete_file", some):
			self.assertEqual(self.forget().files, 1)
		self.assertTrue(frappe.db.exists("File", kept))
		self.assertEqual(self.forget().files, 1)

	def test_a_deleted_file_is_evidence_of_no_other_day(self):
		self.verified(self.worker, activities=[self.with_file(self.worker)])
		self.assertEqual(self.forget().files, 1)
		other = self.approved((FRIDAY,))
		with self.assertRaises(EvidenceRefused):
			self.report(other, FRIDAY, activities=[self.with_file(other)])

	def with_file(self, employee):
		file = {"doctype": "File", "file_name": "naskah.txt", "content": "Naskah akademik", "is_private": 1}
		with acting_as(employee.user_id):
			url = frappe.get_doc(file).insert().file_url
		return written(employee, evidence=url)["activities"][0]

	def test_a_day_that_was_given_back_is_a_day_in_the_office(self):
		frappe.db.set_value("MKD Day", self.day(self.worker).name, {"status": "Released", "person": None})
		self.assertEqual(self.forget().checkins, 0)

	def test_the_number_of_queries_does_not_grow_with_the_people(self):
		few = self.queries_of_a_run()
		for _number in range(3):
			self.worker_of_a_night()
		self.assertEqual(self.queries_of_a_run(), few)

	def worker_of_a_night(self):
		mine, self.worker = self.worker, self.approved()
		self.present(THURSDAY)
		self.worker = mine

	def queries_of_a_run(self):
		"""With one position to round at least, so that both runs do the same."""
		frappe.db.set_value("Employee Checkin", self.away, dict(EXACT))
		place = {"place_latitude": EXACT["latitude"], "place_longitude": EXACT["longitude"]}
		frappe.db.set_value(REQUEST, self.worker.request, place)
		frappe.db.commit()
		statements = []
		sql = frappe.db.sql

		def counted(query, *args, **kwargs):
			statements.append(str(query))
			return sql(query, *args, **kwargs)

		frappe.db.delete("MKD Retention Run")
		with patch.object(frappe.db, "sql", counted):
			run = self.forget()
		self.assertGreaterEqual(run.checkins, 1)
		return len(statements)

	def test_nobody_writes_or_deletes_the_record(self):
		run = self.forget()
		for user in (officer(), "Administrator"):
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				frappe.get_doc("MKD Retention Run", run.name).save()
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				frappe.delete_doc("MKD Retention Run", run.name)


class TestAtHisWish(RetentionCase):
	def test_the_platforms_deletion_takes_his_coordinates_at_once_and_nobody_elses(self):
		other = self.approved()
		kept = self.present_of(other)
		user = self.worker.user_id
		request = frappe.get_doc({"doctype": "Personal Data Deletion Request", "email": user}).insert()
		request.db_set("status", "Pending Approval")
		with at(FRIDAY, 12):
			request.trigger_data_deletion()
		self.assertEqual(self.position(self.away), ROUNDED)
		self.assertEqual(self.position(kept)[:2], tuple(EXACT.values()))
		run = frappe.get_last_doc("MKD Retention Run")
		self.assertEqual((run.employee, run.checkins), (self.worker.name, 1))
		self.assertEqual(self.day(self.worker).status, "Approved")

	def present_of(self, other):
		mine, self.worker = self.worker, other
		try:
			return self.present(THURSDAY)
		finally:
			self.worker = mine


class TestHisOwnData(RetentionCase):
	def file_of(self, user, employee=None):
		with acting_as(user):
			return json.loads(personal_data_file.file_for(user, employee)[1])

	def test_it_holds_every_record_of_ours_with_its_tables_and_nobody_elses(self):
		self.report(self.worker)
		other = self.approved()
		data = self.file_of(self.worker.user_id)
		self.assertEqual([row["name"] for row in data[REQUEST]], [self.worker.request])
		self.assertEqual(data[REQUEST][0]["dates"][0]["mkd_date"], str(THURSDAY))
		self.assertEqual(data[DAILY_REPORT][0]["activities"][0]["output"], "Naskah akademik")
		self.assertEqual([row["latitude"] for row in data["Employee Checkin"]], [EXACT["latitude"]])
		self.assertIn("findings", data["MKD Decision Record"][0])
		self.assertNotIn(other.name, json.dumps(data))

	def test_every_doctype_of_ours_that_names_an_employee_is_in_it(self):
		data = self.file_of(self.worker.user_id)
		linked = frappe.get_all(
			"DocField",
			{
				"parent": ("like", "MKD %"),
				"fieldtype": "Link",
				"options": "Employee",
				"fieldname": "employee",
			},
			pluck="parent",
		)
		self.assertTrue(linked)
		self.assertLessEqual(set(linked), set(data))

	def test_hr_gives_it_out_for_him_and_that_is_logged(self):
		user = officer()
		data = self.file_of(user, self.worker.name)
		self.assertEqual([row["name"] for row in data["Employee"]], [self.worker.name])
		self.assertTrue(
			frappe.db.exists("Access Log", {"user": user, "reference_document": self.worker.name})
		)

	def test_nobody_else_gets_it(self):
		for user in (self.boss.user_id, self.person().user_id):
			with self.assertRaises(frappe.PermissionError):
				self.file_of(user, self.worker.name)

	def test_it_says_who_read_his_coordinates(self):
		with acting_as(self.boss.user_id):
			frappe.get_doc(REQUEST, self.worker.request).apply_fieldlevel_read_permissions()
		log = self.file_of(self.worker.user_id)["Access Log"]
		self.assertEqual([row["user"] for row in log], [self.boss.user_id])
