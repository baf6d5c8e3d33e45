"""Evidence of an activity (rule D4) and the hours of a day (rule D7), on a site with real files and shifts."""

import frappe

from mkd_hrms.services.daily_reports.content import ReportIncomplete
from mkd_hrms.services.daily_reports.evidence_files import EvidenceRefused
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, at, written
from mkd_hrms.tests.support.factories import PICTURE
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.verification_case import VerificationCase


class TestEvidence(VerificationCase):
	def setUp(self):
		self.worker = self.approved((THURSDAY, FRIDAY))

	def with_file(self, file, employee=None, on=THURSDAY):
		employee = employee or self.worker
		with at(on, 20), acting_as(employee.user_id):
			doc = frappe.get_doc(written(employee, on, evidence=getattr(file, "file_url", file))).insert()
			doc.submit()
		return doc

	def refused(self, words, file, **how):
		# What is refused is rolled back, and nothing else.
		frappe.db.commit()
		with self.assertRaisesRegex(EvidenceRefused, words):
			self.with_file(file, **how)
		frappe.db.rollback()

	def upload(self, name, content, user=None, **values):
		return self.file(name, content, user or self.worker.user_id, **values)

	def test_a_file_of_the_author_is_attached_so_that_the_superior_opens_it(self):
		file = self.upload("notula.png", PICTURE)
		report = self.with_file(file)
		self.assertEqual(report.activities[0].evidence_hash, file.content_hash)
		with acting_as(self.boss.user_id):
			names = frappe.get_all(
				"File", {"file_url": file.file_url, "attached_to_name": report.name}, pluck="name"
			)
			self.assertTrue(frappe.has_permission("File", "read", frappe.get_doc("File", names[0])))

	def test_the_same_content_is_evidence_of_one_day_only(self):
		first = self.upload("notula.png", PICTURE + b" satu")
		self.with_file(first)
		again = self.upload("notula-baru.png", PICTURE + b" satu")
		frappe.db.set_value("File", again.name, "content_hash", "forged")
		words = "notula.*: the same file is evidence of 26-11-2026 already. .*rule D4"
		self.refused(words, again, on=FRIDAY)
		colleague = self.approved((THURSDAY, FRIDAY))
		his = self.upload("notula.png", PICTURE + b" satu", colleague.user_id)
		self.refused(words, his, employee=colleague, on=FRIDAY)
		# Two people may have been in one meeting.
		self.with_file(his, employee=colleague)

	def test_what_is_not_safe_is_refused_whatever_its_name(self):
		self.refused("files of this kind are not taken", self.upload("peta.svg", b"<svg/>"))
		self.refused("files of this kind are not taken", self.upload("laman.html", b"<html></html>"))
		self.refused("not what its name says", self.upload("program.png", b"MZ\x90 program"))
		# The first bytes alone are no picture.
		for name, begin in (
			("notula.png", PICTURE[:8]),
			("foto.webp", b"RIFF"),
			("a.gif", b"GIF89a"),
		):
			self.refused("not what its name says", self.upload(name, begin + b" notula rapat"))
		self.refused(
			"holds a program or a web page", self.upload("catatan.txt", b"<script>alert(1)</script>")
		)

	def test_it_is_private_uploaded_here_and_his_own(self):
		self.refused("the file is public", self.upload("umum.png", PICTURE + b" umum", is_private=0))
		self.refused("was not uploaded here", "https://example.org/notula.png")
		self.refused("was not uploaded here", "/private/files/../../site_config.json")
		other = self.upload("rahasia.png", PICTURE + b" rahasia", self.person().user_id)
		self.refused("was not uploaded here by the author", other)

	def test_a_file_over_the_policys_limit_is_refused_with_both_numbers(self):
		big = self.upload("besar.png", PICTURE + bytes(10 * 1024 * 1024))
		self.refused(r"has 10[.,]\d* MB; at most 10 MB are taken.*rule D4", big)


class TestThePlanAndTheHours(VerificationCase):
	def setUp(self):
		self.worker = self.approved(
			(THURSDAY, FRIDAY), work_plan=[{"activity": "Menyusun bab dua", "output": "Naskah"}]
		)

	def approved(self, days=(THURSDAY,), work_plan=(), **values):
		from mkd_hrms.tests.support.day_case import SHIFT
		from mkd_hrms.tests.support.factories import act, applied

		employee = self.person(default_shift=SHIFT, **values)
		act(applied(employee, days, work_plan=list(work_plan)), "Approve", self.boss.user_id)
		return employee

	def insert(self, on=THURSDAY, **row):
		with at(on, 20), acting_as(self.worker.user_id):
			return frappe.get_doc(written(self.worker, on, **row)).insert()

	def test_an_activity_may_name_a_line_of_the_requests_work_plan(self):
		self.assertEqual(self.insert(planned_activity="Menyusun bab dua").activities[0].idx, 1)
		with self.assertRaisesRegex(ReportIncomplete, "is not in the work plan of the request"):
			self.insert(on=FRIDAY, planned_activity="Berlibur")

	def test_the_hours_are_those_of_the_shift_of_that_date_and_refuse_nothing(self):
		report = self.insert(minutes=30)
		self.assertEqual((report.total_minutes, report.target_minutes), (30, 450))
		# The same shift holds less on a Friday, because its break is longer.
		self.assertEqual(self.insert(on=FRIDAY).target_minutes, 420)

	def test_an_assigned_shift_comes_before_the_usual_one(self):
		short = "Setengah Hari"
		shift = {
			"doctype": "Shift Type",
			"__newname": short,
			"start_time": "07:30:00",
			"end_time": "12:00:00",
		}
		frappe.get_doc(shift).insert()
		assignment = {"doctype": "Shift Assignment", "employee": self.worker.name, "shift_type": short}
		assignment |= {
			"company": self.worker.company,
			"start_date": THURSDAY,
			"end_date": THURSDAY,
			"status": "Active",
		}
		frappe.get_doc(assignment).insert().submit()
		self.assertEqual(self.insert().target_minutes, 210)
		self.assertEqual(self.insert(on=FRIDAY).target_minutes, 420)
