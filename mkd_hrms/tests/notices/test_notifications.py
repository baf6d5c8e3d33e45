"""What the platform's Notifications tell: to each reader in his language, in the desk and by mail, once, and only if they are on."""

from datetime import date

import frappe
from frappe.modules.import_file import import_file

from mkd_hrms.api import recall_days, withdraw_days
from mkd_hrms.constants import DAY, OBJECTION, REQUEST, SUSPENSION, WAITING_PLACE
from mkd_hrms.services.day import reminders
from mkd_hrms.services.objections import procedure
from mkd_hrms.services.platform import announcements
from mkd_hrms.services.platform.announcements import Announcement
from mkd_hrms.services.platform.notify import sends_mail
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, at
from mkd_hrms.tests.support.factories import act, applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.mails import mails_to, without_account
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.sent_notices import switch

REASON = "Kunjungan menteri"


class NoticeCase(ObjectionCase):
	def reads_indonesian(self, employee):
		frappe.db.set_value("User", employee.user_id, "language", "id")
		frappe.clear_document_cache("User", employee.user_id)
		return employee

	def told(self, employee):
		return [f"{row.subject}\n{row.email_content}" for row in self.notices(employee.user_id)]

	def recalled(self, **values):
		employee = self.approved(WEEK[:1], **values)
		self.forget(employee)
		with acting_as(self.boss.user_id):
			recall_days([self.day(employee, WEEK[0]).name], REASON)
		return employee

	def forget(self, employee):
		"""What he was told until now."""
		frappe.db.delete("Notification Log", {"for_user": employee.user_id})
		frappe.db.delete("Email Queue Recipient", {"recipient": employee.user_id})


class TestReaders(NoticeCase):
	def test_what_others_decide_is_told_in_the_language_of_the_reader_in_the_desk_and_by_mail(self):
		own, english = self.reads_indonesian(self.person()), self.person()
		for employee in (own, english):
			request = applied(employee, WEEK[:1])
			act(request, "Approve", self.boss.user_id)
		for found in (self.told(own), mails_to(own.user_id)):
			(text,) = found
			self.assertIn("Disetujui", text)
			self.assertNotIn("Approved", text)
		for found in (self.told(english), mails_to(english.user_id)):
			(text,) = found
			self.assertIn("is now Approved", text)

	def test_what_a_service_tells_is_told_in_the_language_of_the_reader(self):
		employee = self.approved(WEEK[:1])
		self.reads_indonesian(employee)
		self.forget(employee)
		with acting_as(self.boss.user_id):
			recall_days([self.day(employee, WEEK[0]).name], REASON)
		for found in (self.told(employee), mails_to(employee.user_id)):
			(text,) = found
			self.assertIn("Anda dipanggil ke kantor", text)

	def test_a_mail_leads_to_the_document_and_holds_no_reason(self):
		employee, request = self.denied()
		(shown,), (mail,) = self.told(employee), mails_to(employee.user_id)
		self.assertIn("3 unexcused absences", shown)
		self.assertNotIn("unexcused", mail)
		self.assertIn(f"/app/mkd-request/{request.name}", mail)
		self.assertIn("object until", mail)
		called = self.recalled()
		(shown,), (mail,) = self.told(called), mails_to(called.user_id)
		self.assertIn(REASON, shown)
		self.assertNotIn(REASON, mail)
		self.assertIn("/app/mkd-day/", mail)

	def test_neither_does_one_about_a_measure_or_an_objection(self):
		employee = self.no_show()
		measure = self.measure(SUSPENSION, employee)
		with at(FRIDAY, 12):
			objection = filed(measure, employee)
			move(objection, "Dismiss Objection", self.officer, decision_reason="Tidak ada bukti")
		shown, mails = self.told(employee), mails_to(employee.user_id)
		for words in (measure.ground, "Tidak ada bukti"):
			self.assertTrue(any(words in text for text in shown), words)
			self.assertFalse(any(words in text for text in mails), words)
		self.assertTrue(any(f"/app/mkd-objection/{objection.name}" in text for text in mails))

	def test_what_the_applicant_wrote_is_not_mailed_to_his_superior(self):
		employee = self.person()
		self.forget(self.boss)
		applied(employee, WEEK[:1], reason="Menjaga orang tua")
		(shown,), (mail,) = self.told(self.boss), mails_to(self.boss.user_id)
		self.assertIn("Menjaga orang tua", shown)
		self.assertNotIn("Menjaga orang tua", mail)
		self.assertIn(employee.employee_name, mail)

	def test_each_reader_has_as_much_as_he_wants(self):
		no_mail, silent, without_address = (self.approved(WEEK[:1]) for _each in range(3))
		frappe.db.set_value("Notification Settings", no_mail.user_id, "enable_email_notifications", 0)
		frappe.db.set_value("Notification Settings", silent.user_id, "enabled", 0)
		frappe.db.set_value("User", without_address.user_id, "email", "")
		for employee in (no_mail, silent, without_address):
			self.forget(employee)
			with acting_as(self.boss.user_id):
				recall_days([self.day(employee, WEEK[0]).name], REASON)
		counts = {
			name: (len(self.told(employee)), len(mails_to(employee.user_id)))
			for name, employee in (
				("no mail", no_mail),
				("silent", silent),
				("without address", without_address),
			)
		}
		self.assertEqual(counts, {"no mail": (1, 0), "silent": (0, 0), "without address": (1, 0)})

	def test_the_same_holds_of_what_the_platform_evaluates(self):
		no_mail, silent = self.person(), self.person()
		frappe.db.set_value("Notification Settings", no_mail.user_id, "enable_email_notifications", 0)
		frappe.db.set_value("Notification Settings", silent.user_id, "enabled", 0)
		for employee in (no_mail, silent):
			act(applied(employee, WEEK[:1]), "Approve", self.boss.user_id)
		self.assertEqual((len(self.told(no_mail)), mails_to(no_mail.user_id)), (1, []))
		self.assertEqual((self.told(silent), mails_to(silent.user_id)), ([], []))

	def test_without_an_account_to_send_from_nothing_fails_and_the_desk_tells_it(self):
		before = frappe.db.count("Error Log")
		with without_account():
			self.assertFalse(sends_mail())
			employee = self.recalled()
			denied, _request = self.denied()
		for each in (employee, denied):
			self.assertEqual((len(self.told(each)), mails_to(each.user_id)), (1, []))
		self.assertEqual(frappe.db.count("Error Log"), before)


class TestOnce(NoticeCase):
	def test_a_request_whose_only_day_was_called_back_is_told_of_by_the_day_alone(self):
		employee = self.recalled()
		self.assertEqual(frappe.db.get_value(REQUEST, employee.request, "status"), "Revoked")
		(shown,) = self.told(employee)
		self.assertIn("called back", shown)

	def test_nobody_is_told_of_what_he_took_back_himself(self):
		employee = self.approved(WEEK[:1])
		self.forget(employee)
		with acting_as(employee.user_id):
			withdraw_days(employee.request, [str(WEEK[0])])
		self.assertEqual(frappe.db.get_value(REQUEST, employee.request, "status"), "Revoked")
		self.assertEqual((self.told(employee), mails_to(employee.user_id)), ([], []))

	def test_saving_again_what_has_not_changed_tells_nobody(self):
		employee, request = self.denied()
		for urgent in (1, 0):
			frappe.get_doc(REQUEST, request.name).db_set("urgent", urgent)
		self.assertEqual((len(self.told(employee)), len(mails_to(employee.user_id))), (1, 1))

	def test_a_late_report_is_called_for_once_while_it_still_counts(self):
		employee, done = self.approved(), self.approved()
		self.report(done)
		for each in (employee, done):
			self.forget(each)
		frappe.db.commit()
		with at(THURSDAY, 22):
			reminders.remind()
		self.assertEqual(self.told(employee), [])
		for _time in range(2):
			with at(FRIDAY, 6):
				reminders.remind()
		(shown,), (mail,) = self.told(employee), mails_to(employee.user_id)
		for text in (shown, mail):
			self.assertIn("26-11-2026", text)
			self.assertIn("27-11-2026 10:00", text)
		self.assertEqual(self.told(done), [])
		self.assertTrue(self.day(employee).report_reminded_on)

	def test_what_is_missing_already_is_not_called_for(self):
		employee = self.approved()
		self.forget(employee)
		frappe.db.commit()
		with at(FRIDAY, 11):
			reminders.remind()
		self.assertEqual(self.told(employee), [])


class TestSwitches(NoticeCase):
	RECALLED = "MKD Day Recalled"

	def setUp(self):
		super().setUp()
		self.addCleanup(switch, self.RECALLED, 1)

	def test_what_is_off_is_told_to_nobody_and_stays_off_over_an_update(self):
		notification = frappe.get_doc("Notification", self.RECALLED)
		notification.enabled = 0
		notification.save()
		employee = self.recalled()
		self.assertEqual((self.told(employee), mails_to(employee.user_id)), ([], []))
		import_file("MKD HRMS", "Notification", self.RECALLED, force=True)
		self.assertEqual(frappe.db.get_value("Notification", self.RECALLED, "enabled"), 0)

	def test_a_reminder_that_is_off_is_not_noted_as_told(self):
		switch("MKD Report Due", 0)
		self.addCleanup(switch, "MKD Report Due", 1)
		employee = self.approved()
		frappe.db.commit()
		with at(FRIDAY, 6):
			self.assertEqual(reminders.remind(), 0)
		self.assertFalse(self.day(employee).report_reminded_on)

	def copy(self, **values):
		"""What an agency makes of ours: its own words, and whom it tells besides."""
		document = frappe.copy_doc(frappe.get_doc("Notification", self.RECALLED))
		document.update({"is_standard": 0, "enabled": 1, "name": "Dipanggil ke Kantor", **values})
		document.insert(set_name=document.name)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.delete_doc, "Notification", document.name, force=True)
		return document

	def test_an_agency_writes_its_own_words_and_tells_others_besides(self):
		switch(self.RECALLED, 0)
		self.copy(
			subject="Kembali ke kantor: {{ doc.employee_name }}",
			message="<p>Tanggal {{ days(dates) }}</p>",
			recipients=[{"receiver_by_role": "MKD Officer"}],
		)
		employee = self.recalled()
		for user in (employee.user_id, self.officer):
			(text,) = [text for text in mails_to(user) if "Kembali ke kantor" in text]
			self.assertIn(employee.employee_name, text)

	def test_words_that_fail_keep_nobody_from_acting(self):
		self.copy(message="{{ doc.no_such_thing() }}")
		employee = self.recalled()
		self.assertEqual(self.day(employee, WEEK[0]).status, "Released")
		self.assertEqual(len(self.told(employee)), 1)
		self.assertTrue(frappe.db.exists("Error Log", {"method": ("like", "%Dipanggil ke Kantor%")}))


class TestEvents(NoticeCase):
	def names(self, user):
		return [row.subject for row in self.notices(user)]

	def test_an_objection_is_told_to_hr_and_who_took_part_and_later_to_the_employee(self):
		employee = self.no_show()
		measure = self.measure(SUSPENSION, employee)
		with at(FRIDAY, 12):
			objection = filed(measure, employee)
		self.assertTrue(any("decide by" in subject for subject in self.names(self.officer)))
		self.assertTrue(any("has objected" in subject for subject in self.names(self.boss.user_id)))
		self.assertFalse(any("decide by" in subject for subject in self.names(self.boss.user_id)))
		with at(date(2027, 1, 29), 9):
			procedure.escalate()
			self.assertTrue(any("should have been" in subject for subject in self.names(self.manager)))
			move(objection, "Uphold", self.officer, decision_reason="Terbukti")
		self.assertTrue(any("Upheld" in subject for subject in self.names(employee.user_id)))

	def test_a_free_place_is_told_with_its_date_and_until_when(self):
		employee = self.person()
		told = {"day": WEEK[0], "until": frappe.utils.get_datetime("2026-12-04 14:30:00")}
		place = Announcement((employee.user_id,), WAITING_PLACE, "no-such-place", told)
		self.assertEqual(announcements.announce_many("mkd_place_free", WAITING_PLACE, [place]), 1)
		for found in (self.told(employee), mails_to(employee.user_id)):
			(text,) = found
			self.assertIn("07-12-2026", text)
			self.assertIn("04-12-2026 14:30", text)

	def test_nobody_is_told_of_a_happening_that_no_notification_knows(self):
		employee = self.person()
		told = Announcement((employee.user_id,), DAY, None, say=lambda _in_mail: ("a", "b"))
		self.assertEqual(announcements.announce_many("mkd_unheard_of", DAY, [told]), 0)
		self.assertFalse(announcements.is_on("mkd_unheard_of", OBJECTION))
		self.assertEqual(self.told(employee), [])
