"""Whose rows are taken, what a bad file leaves, and what profiles a site has."""

import frappe

from mkd_hrms.constants import IMPORT, IMPORT_LINE, IMPORT_PROFILE
from mkd_hrms.services.imports import profiles
from mkd_hrms.tests.support.import_case import ImportCase, as_csv, fresh_nip, kmob, numbered
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import OFFICE, SERVICE, other_company, unit

MONDAY = "2026-11-23"
ATTENDANCE = "Attendance"


class TestWhose(ImportCase):
	def test_another_company_and_a_stranger_are_alike(self):
		one, elsewhere = self.member(), self.member(company=other_company())
		doc = self.applied(
			kmob(
				(elsewhere.mkd_nip, MONDAY, "WFO"), (fresh_nip(), MONDAY, "WFO"), (one.mkd_nip, MONDAY, "WFO")
			)
		)
		self.assertEqual(self.counts(doc), (1, 0, 0, 2))
		rows = self.rejected(doc)
		self.assertEqual(
			[(row[0], row[3]) for row in rows], [("2", "unknown_person"), ("3", "unknown_person")]
		)
		self.assertEqual(rows[0][5], rows[1][5])
		self.assertEqual(self.rows(ATTENDANCE, elsewhere, "name"), [])
		self.assertIn("row 2: ", doc.problems)

	def test_user_permissions_leave_a_part_of_the_company(self):
		one, other = self.member(department=unit(OFFICE)), self.member(department=unit(SERVICE))
		user = make_user("HR Manager")
		allow = {"doctype": "User Permission", "user": user, "allow": "Department", "for_value": unit(OFFICE)}
		frappe.get_doc(allow).insert(ignore_permissions=True)
		frappe.db.commit()
		content = kmob((one.mkd_nip, MONDAY, "WFO"), (other.mkd_nip, MONDAY, "WFO"))
		doc = self.checked(content, user=user)
		self.assertEqual(self.counts(doc), (1, 0, 0, 1))
		of_others = self.checked(content)
		with acting_as(user):
			self.assertFalse(frappe.has_permission(IMPORT, "read", doc=of_others.name))
			self.assertEqual(frappe.get_list(IMPORT, pluck="name"), [doc.name])

	def test_whom_another_company_is_left_makes_none_for_this_one(self):
		user = make_user("MKD Officer")
		allow = {"doctype": "User Permission", "user": user, "allow": "Company", "for_value": other_company()}
		frappe.get_doc(allow).insert(ignore_permissions=True)
		frappe.db.commit()
		with self.assertRaises(frappe.PermissionError):
			self.made(kmob((fresh_nip(), MONDAY, "WFO")), user=user)
		frappe.db.rollback()
		frappe.set_user("Administrator")
		doc = self.made(kmob((fresh_nip(), MONDAY, "WFO")))
		with acting_as(user):
			self.assertFalse(frappe.has_permission(IMPORT, "read", doc=doc.name))
			self.assertEqual(frappe.get_list(IMPORT, pluck="name"), [])

	def test_nobody_imports_his_own_records(self):
		user = make_user("MKD Officer", "Employee")
		own, one = numbered(user_id=user), self.member()
		self.people.append(own.name)
		frappe.db.commit()
		doc = self.applied(kmob((own.mkd_nip, MONDAY, "WFO"), (one.mkd_nip, MONDAY, "WFO")), user=user)
		self.assertEqual(self.counts(doc), (1, 0, 0, 1))
		self.assertEqual([row[3] for row in self.rejected(doc)], ["own_record"])

	def test_whoever_is_no_officer_any_more_when_the_worker_comes_to_it_imports_nothing(self):
		user, one = make_user("MKD Officer", "Employee"), self.member()
		doc = self.checked(kmob((one.mkd_nip, MONDAY, "WFO")), user=user)
		with acting_as(user):
			doc.apply_file()
		frappe.get_doc("User", user).remove_roles("MKD Officer")
		self.work(doc)
		self.assertEqual(doc.status, "Interrupted")
		self.assertIn("Only an HR Manager or an MKD Officer", doc.problems)
		self.assertEqual(self.rows(ATTENDANCE, one, "name"), [])


class TestABadFile(ImportCase):
	def test_a_file_that_fits_no_profile_says_why_and_nothing_is_written(self):
		before = frappe.db.count(IMPORT_LINE)
		for content, name, words in (
			(as_csv(["satu", "dua"], ["1", "2"]), "a.csv", "fits no profile"),
			(b"PK\x03\x04[Content_Types].xml", "a.csv", "no readable workbook"),
			(as_csv(["nip", "tanggal"], ["1", "2"]), "a.csv", "the nearest is"),
		):
			with self.subTest(words):
				doc = self.made(content, name)
				self.assertEqual((doc.status, doc.read_as), ("Draft", None))
				self.assertIn(words, doc.problems)
				with acting_as(self.officer):
					doc.check_file()
				doc.reload()
				self.assertEqual(doc.status, "Draft")
				self.assertIn(words, doc.problems)
				with acting_as(self.officer), self.assertRaises(frappe.PermissionError):
					doc.apply_file()
		self.assertEqual(frappe.db.count(IMPORT_LINE), before)

	def test_wrong_rows_are_told_with_place_known_words_and_what_to_do_and_the_others_are_taken(self):
		one = self.member()
		doc = self.applied(
			kmob(
				(one.mkd_nip, MONDAY, "Bolos"),
				(one.mkd_nip, "2026-11-31", "WFO"),
				(one.mkd_nip, "2026-11-20", "WFO"),
			)
		)
		self.assertEqual(self.counts(doc), (1, 0, 0, 2))
		first, second = self.rejected(doc)
		self.assertEqual(first[:4], ("2", "jenis", "Bolos", "unknown_word"))
		self.assertIn("known are WFO, Hadir", first[4])
		self.assertIn("Use a known word", first[5])
		self.assertEqual((second[0], second[3]), ("3", "no_such_day"))
		for words in ("row 2, column jenis: Bolos is not known", "row 3, column tanggal"):
			self.assertIn(words, doc.problems)

	def test_it_is_told_in_the_language_of_whoever_asks(self):
		user = make_user("MKD Officer", language="id")
		doc = self.checked(kmob((fresh_nip(), MONDAY, "WFO")), user=user)
		self.assertIn("baris 2", doc.problems)

	def test_a_file_that_was_exchanged_after_the_look_at_it_is_not_applied(self):
		from mkd_hrms.services.platform.attached_files import path_of

		one = self.member()
		doc = self.checked(kmob((one.mkd_nip, MONDAY, "WFO")))
		path_of(doc.file).write_bytes(kmob((one.mkd_nip, MONDAY, "Tanpa Keterangan")))
		with acting_as(self.officer):
			doc.apply_file()
		self.work(doc)
		self.assertEqual(doc.status, "Interrupted")
		self.assertIn("Attach it again", doc.problems)
		self.assertEqual(self.rows(ATTENDANCE, one, "name"), [])

	def test_nobody_writes_what_was_found(self):
		one = self.member()
		doc = self.made(kmob((one.mkd_nip, MONDAY, "WFO")))
		with acting_as(self.officer):
			doc.update({"status": "Applied", "created_count": 7, "rejected_rows": "/private/files/x"})
			doc.save()
		self.assertEqual((doc.status, doc.created_count, doc.rejected_rows), ("Draft", 0, None))


class TestProfiles(ImportCase):
	def test_the_shipped_ones_are_there_and_follow_the_app(self):
		shipped = set(frappe.get_all(IMPORT_PROFILE, {"is_standard": 1}, pluck="name"))
		self.assertLessEqual({"kmob", "trk-month", "recap-wide", "zkteco", "ekinerja"}, shipped)
		frappe.db.set_value(IMPORT_PROFILE, "kmob", {"content": "title: old", "disabled": 1})
		profiles.sync()
		kmob_profile = frappe.get_doc(IMPORT_PROFILE, "kmob")
		self.assertIn("layout: long", kmob_profile.content)
		self.assertTrue(kmob_profile.disabled)
		self.assertNotIn("kmob", [profile.name for profile in profiles.enabled()])
		kmob_profile.content += "\n# mine"
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError):
			kmob_profile.save()

	def test_a_site_adds_its_own_and_a_wrong_one_says_what_is_wrong(self):
		content = frappe.db.get_value(IMPORT_PROFILE, "kmob", "content")
		mine = {"doctype": IMPORT_PROFILE, "profile_name": f"dinas-{frappe.generate_hash(length=5)}"}
		with acting_as(self.officer):
			own = content.replace("jenis, jenis presensi", "moda kerja").replace("[nip]", "[nomor induk]")
			doc = frappe.get_doc({**mine, "content": own}).insert()
			self.addCleanup(frappe.db.commit)
			self.addCleanup(frappe.db.delete, IMPORT_PROFILE, {"name": doc.name})
			self.assertEqual((doc.source, doc.is_standard), ("K-Mob", 0))
			for wrong, words in (
				(own.replace("layout: long", "layout: narrow"), "narrow"),
				(own + "\n  - [", "no YAML"),
			):
				doc.reload()
				doc.content = wrong
				with self.assertRaises(frappe.ValidationError) as refusal:
					doc.save()
				self.assertIn(words, str(refusal.exception))
		one = self.member()
		head = ["nomor induk", "tanggal", "moda kerja", "jam_masuk", "jam_pulang"]
		found = self.checked(as_csv(head, [one.mkd_nip, MONDAY, "WFO", "07:00", "16:00"]))
		self.assertEqual((found.read_as, self.counts(found)), (doc.name, (1, 0, 0, 0)))
