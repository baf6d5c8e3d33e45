"""Whoever a notice is for finds it himself: in his browser, in his language, with what it leads to; and nobody else does."""

import json

import frappe
from frappe.utils import strip_html

from mkd_hrms.api import recall_days
from mkd_hrms.constants import DAILY_REPORT, DAY, OBJECTION, REQUEST, SUSPENSION
from mkd_hrms.services.day import reminders
from mkd_hrms.tests.support import sent_notices
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move
from mkd_hrms.tests.support.day_case import FRIDAY, at
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.http_world import browser, open_house
from mkd_hrms.tests.support.people import acting_as

LOG, LOGS = "Notification Log", "frappe.desk.doctype.notification_log.notification_log.get_notification_logs"
OPEN = "/api/method/frappe.desk.form.load.getdoc"
LANGUAGES = ("en", "id")
# What the subject of each says in these languages.
WORDS = {
	"MKD Request Waits For Approval": ("waits for your decision", "menunggu keputusan Anda"),
	"MKD Request Decided": ("is now Approved", "sekarang: Disetujui"),
	"MKD Request Denied": ("was denied", "tidak diberikan"),
	"MKD Report Due": ("Hand in your report of", "Serahkan laporan Anda tanggal"),
	"MKD Report Decided": (": Missing", ": Tidak Ada"),
	"MKD Days Suspended": ("are suspended", "ditangguhkan"),
	"MKD Suspension Given": ("Suspension from", "Penangguhan mulai"),
	"MKD Objection Filed": ("decide by", "putuskan paling lambat"),
	"MKD Objection Decided": (": Upheld", ": Dikabulkan"),
	"MKD Day Recalled": ("called back to the office", "dipanggil ke kantor"),
}


def setUpModule():
	open_house()


class TestReaders(ObjectionCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.before, cls.language = sent_notices.stored(), None
		cls.addClassCleanup(sent_notices.forget_since, cls.before)
		cls.addClassCleanup(frappe.db.rollback)

	def test_each_finds_it_in_his_language_with_what_it_leads_to_and_nobody_else_finds_it(self):
		for number, language in enumerate(LANGUAGES):
			told = self.play(language)
			self.assertEqual(set(told), set(WORDS))
			for notice, (user, *about) in told.items():
				with self.subTest(notice, language=language):
					(log,) = self.found(user, about, WORDS[notice][number])
					self.check_it_opens(user, log)
					self.check_others_find_nothing(user, log["name"])

	def test_what_is_off_is_found_by_nobody(self):
		for notice in WORDS:
			sent_notices.switch(notice, 0)
			self.addCleanup(sent_notices.switch, notice, 1)
		told = self.play("en")
		self.assertEqual(set(told), set(WORDS))
		for notice, (user, *about) in told.items():
			with self.subTest(notice):
				self.assertEqual(self.found(user, about, WORDS[notice][0]), [])

	# What happens; each gives who is told of it by name of the Notification, and the document that it leads to.

	def play(self, language):
		self.language = language
		for user in (self.boss.user_id, self.officer):
			self.speaks(user)
		told = {
			**self.play_application(),
			**self.play_objection(),
			**self.play_report(),
			**self.play_measure(),
		}
		frappe.db.commit()
		return told

	def person(self, **values):
		employee = super().person(**values)
		self.speaks(employee.user_id)
		return employee

	def speaks(self, user):
		frappe.db.set_value("User", user, "language", self.language)
		frappe.clear_document_cache("User", user)

	def play_application(self):
		"""One is applied for and approved; then he is called back."""
		employee = self.approved(WEEK[:1])
		day = self.day(employee, WEEK[0]).name
		with acting_as(self.boss.user_id):
			recall_days([day], "Kunjungan menteri")
		request = (REQUEST, employee.request)
		waiting = applied(self.person(), WEEK[:1])
		return {
			"MKD Request Waits For Approval": (self.boss.user_id, REQUEST, waiting.name),
			"MKD Request Decided": (employee.user_id, *request),
			"MKD Day Recalled": (employee.user_id, DAY, day),
		}

	def play_objection(self):
		"""One is denied, objects, and is right."""
		employee, request = self.denied()
		objection = filed(request, employee)
		move(objection, "Uphold", self.officer, decision_reason="Mesin absensi rusak")
		return {
			"MKD Request Denied": (employee.user_id, REQUEST, request.name),
			"MKD Objection Filed": (self.officer, OBJECTION, objection.name),
			"MKD Objection Decided": (employee.user_id, OBJECTION, objection.name),
		}

	def play_report(self):
		"""One was there, and hands in no report."""
		employee = self.approved()
		self.check_in(employee)
		frappe.db.commit()
		with at(FRIDAY, 6):
			reminders.remind()
		self.end()
		report = frappe.db.get_value(DAILY_REPORT, {"employee": employee.name, "status": "Missing"})
		self.assertTrue(report)
		return {
			"MKD Report Due": (employee.user_id, DAY, self.day(employee).name),
			"MKD Report Decided": (employee.user_id, DAILY_REPORT, report),
		}

	def play_measure(self):
		"""HR suspends one who has booked days; a notice about several of them opens itself."""
		employee = self.approved(WEEK[:2])
		period = {"from_date": str(WEEK[0]), "to_date": str(WEEK[4]), "ground": "Laporan tidak benar"}
		suspension = frappe.get_doc({"doctype": SUSPENSION, "employee": employee.name, **period})
		with acting_as(self.officer):
			suspension.insert().submit()
		frappe.db.commit()
		return {
			"MKD Suspension Given": (employee.user_id, SUSPENSION, suspension.name),
			"MKD Days Suspended": (employee.user_id, DAY, None),
		}

	# What somebody finds in his browser.

	def logs(self, user):
		"""What the bell of the desk shows him."""
		response = browser(user).call(LOGS, limit=500)
		self.assertEqual(response.status_code, 200, response.text)
		return response.json()["message"]["notification_logs"]

	def found(self, user, about, words):
		doctype, name = about
		return [
			log
			for log in self.logs(user)
			if (log["document_type"], log["document_name"]) == (doctype, name)
			and words in strip_html(log["subject"])
		]

	def check_it_opens(self, user, log):
		named = (log["document_type"], log["document_name"]) if log["document_name"] else (LOG, log["name"])
		if not log["document_name"]:
			self.assertEqual(log["link"], f"/app/notification-log/{log['name']}")
		response = browser(user).get(OPEN, doctype=named[0], name=named[1])
		self.assertEqual(response.status_code, 200, response.text[:500])
		self.assertEqual(response.json()["docs"][0]["name"], named[1])

	def check_others_find_nothing(self, user, name):
		everybody = {self.boss.user_id, self.employee.user_id, self.officer, self.manager}
		for other in sorted(everybody - {user}):
			self.assertNotIn(name, [log["name"] for log in self.logs(other)])
			client = browser(other)
			listed = client.get(f"/api/resource/{LOG}", filters=json.dumps({"name": name}))
			self.assertEqual((listed.status_code, listed.json()["data"]), (200, []))
			self.assertEqual(client.resource(LOG, name).status_code, 403)
