"""What a worker tells of a file is read by whoever brought it, in his language and not in that of the site."""

import frappe

from mkd_hrms.tests.support.import_case import ImportCase, kmob

DAY, OTHER = "2026-11-23", "2026-11-24"


class TestTheReadersWords(ImportCase):
	def test_a_record_is_called_in_the_words_of_who_brought_the_file(self):
		one = self.member()
		values = {"doctype": "Attendance", "employee": one.name, "attendance_date": DAY, "status": "Absent"}
		frappe.get_doc(values).insert().submit()
		frappe.db.set_value("User", self.officer, "language", "id")
		frappe.clear_cache(user=self.officer)
		doc = self.applied(kmob((one.mkd_nip, DAY, "WFO"), (one.mkd_nip, OTHER, "WFO")))
		self.assertEqual(frappe.local.lang, "en")
		self.assertIn("Presensi ", doc.problems)
		self.assertNotIn("Attendance", doc.problems)
