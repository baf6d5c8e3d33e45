"""Early warnings (rule D10): kept once per threshold, told once to the employee and to his superior."""

from contextlib import contextmanager

import frappe
from frappe.database import get_db

from mkd_hrms.constants import EARLY_WARNING
from mkd_hrms.services.platform import notify
from mkd_hrms.services.standing import early_warning_messages, early_warnings, refresh
from mkd_hrms.tests.support.factories import attend, working_days_before
from mkd_hrms.tests.support.mails import mails_to
from mkd_hrms.tests.support.people import make_employee
from mkd_hrms.tests.support.served_application import VARIABLE, knows_variable
from mkd_hrms.tests.support.statements import one_more, statements_of, without_mail
from mkd_hrms.tests.support.warning_case import LOG, WarningCase
from mkd_hrms.tests.support.world import COMPANY, TODAY

WRITES = ("Com_insert", "Com_update", "Com_delete", "Com_replace")


class TestTelling(WarningCase):
	def test_the_first_night_tells_the_employee_and_his_superior_and_the_second_nobody(self):
		employee = self.report()
		self.night(employee)
		(own,), (team,) = self.told(employee), self.told(self.head)
		self.assertIn("1 unexcused absences are recorded; one more leaves 1 MKD days a week.", own)
		self.assertIn("[Governor of West Java, 20 June 2023", own)
		self.assertIn("Apply for leave before you stay away", own)
		self.assertIn(f"{employee.employee_name}: Tier", team)
		self.night(employee)
		self.assertEqual((len(self.told(employee)), len(self.told(self.head))), (1, 1))

	def test_the_superior_reads_the_names_of_the_gates_and_no_finding(self):
		employee = self.report()
		self.come_late(employee, 5)
		self.night(employee)
		(team,) = self.told(self.head)
		self.assertIn(f"{employee.employee_name}: Lateness, Tier", team)
		for word in ("absences are", "unexcused", "late or early", "one more", "Apply for leave"):
			self.assertNotIn(word, team)
		for row in self.warnings(employee):
			self.assertNotRegex(team.replace(employee.employee_name, ""), rf"\b{row.actual}\b")

	def test_each_gets_one_message_however_much_is_near(self):
		some = [self.report() for _number in range(3)]
		for employee in some:
			self.come_late(employee, 5)
		self.night(*some)
		for employee in some:
			(own,) = self.told(employee)
			self.assertIn("late or early-exit days", own)
			self.assertIn("unexcused absences", own)
		(team,) = self.told(self.head)
		for employee in some:
			self.assertIn(f"{employee.employee_name}: Lateness, Tier", team)

	def test_whoever_is_near_himself_and_leads_others_gets_one_message_about_both(self):
		boss = self.report()
		employee = self.person(reports_to=boss, absent_on=working_days_before(TODAY, 2))
		self.addCleanup(self.leave, employee.name)
		self.night(boss, employee)
		(text,) = self.told(boss)
		self.assertIn("1 unexcused absences", text)
		self.assertIn(f"{employee.employee_name}: Absence", text)
		self.assertNotIn("2 unexcused absences", text)

	def test_everybody_reads_his_own_language(self):
		frappe.db.set_value("User", self.head.user_id, "language", "id")
		frappe.clear_document_cache("User", self.head.user_id)
		employee, other = self.report(), self.report()
		frappe.db.set_value("User", employee.user_id, "language", "id")
		frappe.clear_document_cache("User", employee.user_id)
		self.night(employee, other)
		(own,), (english,), (team,) = self.told(employee), self.told(other), self.told(self.head)
		self.assertIn("Peringatan dini tentang MKD Anda", own)
		self.assertIn("1 kali tidak hadir", own)
		self.assertIn("Peringatan dini tentang bawahan Anda", team)
		self.assertIn(f"{employee.employee_name}: Tingkat", team)
		self.assertNotIn("absences are", own)
		self.assertIn("Early warning about your MKD", english)

	def test_a_mail_leads_to_them_and_holds_no_number(self):
		employee = self.report()
		self.night(employee)
		(own,), (team,) = mails_to(employee.user_id), mails_to(self.head.user_id)
		self.assertIn("Early warning about your MKD", own)
		for text in (own, team):
			self.assertIn("/app/mkd-early-warning", text)
			self.assertNotIn("one more", text)
		self.assertNotIn(employee.employee_name, team)

	def test_whoever_wants_no_mail_gets_none_and_whoever_wants_nothing_gets_nothing(self):
		employee, silent = self.report(), self.report()
		frappe.db.set_value("Notification Settings", employee.user_id, "enable_email_notifications", 0)
		frappe.db.set_value("Notification Settings", silent.user_id, "enabled", 0)
		self.night(employee, silent)
		self.assertEqual((len(self.told(employee)), self.mails(employee)), (1, []))
		self.assertEqual((self.told(silent), self.mails(silent)), ([], []))

	def test_a_name_cannot_write_into_the_message(self):
		employee = self.report(first_name="<img src=x>Budi")
		self.night(employee)
		content = frappe.db.get_value(LOG, {"for_user": self.head.user_id}, "email_content")
		self.assertNotIn("<img", content)
		self.assertIn("Budi", content)


class TestOnce(WarningCase):
	"""The row is the record: whatever dies or comes at once, each is told once."""

	def noticed(self):
		employee = self.report()
		refresh.refresh(COMPANY, [employee.name], early_warnings.notice)
		return employee, early_warning_messages._untold()[employee.user_id]

	def test_a_job_killed_before_its_commit_has_told_nobody_and_the_next_one_tells(self):
		employee, names = self.noticed()
		frappe.db.commit()
		self.assertEqual(early_warning_messages._tell_all([(employee.user_id, names)]), 1)
		frappe.db.rollback()
		self.assertEqual((self.told(employee), self.mails(employee)), ([], []))
		early_warning_messages.tell()
		self.assertEqual((len(self.told(employee)), len(self.mails(employee))), (1, 1))

	def test_a_mail_that_cannot_be_written_keeps_no_other_from_its_reader(self):
		employee = self.report()
		notify.send_mails([("x@mkd.test", object(), "a"), (employee.user_id, "b", "c")])
		self.assertEqual(len(self.mails(employee)), 1)
		title = "MKD: no mail to x@mkd.test"
		self.assertTrue(frappe.db.exists("Error Log", {"method": title, "reference_name": "x@mkd.test"}))

	def test_a_second_job_that_knew_of_the_same_rows_tells_nobody(self):
		employee, names = self.noticed()
		early_warning_messages.tell()
		self.assertEqual(early_warning_messages._tell_all([(employee.user_id, names)]), 0)
		self.assertEqual(len(self.told(employee)), 1)

	def test_of_what_has_ended_before_the_morning_nobody_is_told(self):
		employee, names = self.noticed()
		self.set_attendance(employee, working_days_before(TODAY, 1)[0], "Present")
		refresh.refresh(COMPANY, [employee.name], early_warnings.notice)
		self.assertEqual(early_warning_messages._tell_all([(employee.user_id, names)]), 0)
		early_warning_messages.tell()
		self.assertEqual((self.told(employee), self.told(self.head)), ([], []))

	def test_one_who_cannot_be_told_does_not_keep_the_others_waiting(self):
		(broken, _names), employee = self.noticed(), self.report()
		# A row that no version of the rules can put into words.
		frappe.db.set_value("MKD Early Warning", {"employee": broken.name}, "reason", "unheard_of")
		self.night(employee)
		self.assertEqual(self.told(broken), [])
		self.assertEqual((len(self.told(employee)), len(self.told(self.head))), (1, 1))

	def test_two_evaluations_at_once_keep_one_row(self):
		"""On a MariaDB that lets nobody write upon an old snapshot, and on one that does."""
		for isolation in ("OFF", "ON") if knows_variable() else ("",):
			if isolation:
				self.addCleanup(frappe.db.sql, f"set session {VARIABLE} = default")
				frappe.db.sql(f"set session {VARIABLE} = {isolation}")
			employee = self.report()
			batch = self.judged(employee)
			frappe.db.commit()
			# From here on this transaction does not see what another one commits.
			self.assertEqual(self.warnings(employee), [])
			with another_connection():
				early_warnings.notice(batch)
				frappe.db.commit()
			early_warnings.notice(batch)
			frappe.db.commit()
			self.assertEqual(self.thresholds(employee), ["Tier:absence_next_lowers:1"])


class TestThresholds(WarningCase):
	def test_one_more_absence_is_a_new_threshold_and_ends_the_old_one(self):
		employee = self.report()
		self.night(employee)
		self.set_attendance(employee, working_days_before(TODAY, 2)[1], "Absent")
		self.night(employee)
		self.assertEqual(self.thresholds(employee), ["Absence:absence_next_closes:2"])
		self.assertEqual(self.thresholds(employee, "Ended"), ["Tier:absence_next_lowers:1"])
		self.assertIn("one more closes MKD, which ends at 3", self.told(employee)[1])
		self.assertEqual(len(self.told(self.head)), 2)

	def test_what_is_near_no_more_ends_and_is_told_again_when_it_comes_again(self):
		employee = self.report()
		day = working_days_before(TODAY, 1)[0]
		self.night(employee)
		self.set_attendance(employee, day, "Present")
		self.night(employee)
		(row,) = self.warnings(employee)
		self.assertEqual((row.status, row.open_threshold), ("Ended", None))
		self.assertTrue(row.ended_on)
		self.set_attendance(employee, day, "Absent")
		self.night(employee)
		self.assertEqual([row.status for row in self.warnings(employee)], ["Ended", "Open"])
		self.assertEqual((len(self.told(employee)), len(self.told(self.head))), (2, 2))

	def test_where_mkd_closes_the_warning_ends_and_nobody_is_warned(self):
		employee = self.report(absences=2)
		self.night(employee)
		self.set_attendance(employee, working_days_before(TODAY, 3)[2], "Absent")
		self.night(employee)
		self.assertEqual(self.thresholds(employee), [])
		self.assertEqual(len(self.told(employee)), 1)

	def test_nobody_is_warned_of_a_first_absence(self):
		employee = self.report(absences=0)
		self.night(employee)
		self.assertEqual((self.warnings(employee), self.told(employee)), ([], []))

	def test_whoever_left_has_no_open_warning(self):
		employee = self.report()
		self.night(employee)
		frappe.db.set_value("Employee", employee.name, "status", "Left")
		self.night()
		self.assertEqual(self.thresholds(employee), [])

	def test_an_open_warning_goes_with_its_employee(self):
		employee = self.report()
		self.night(employee)
		frappe.db.set_value("Employee", employee.name, "employee_name", "Nama Baru")
		self.night(employee)
		name = self.warnings(employee)[0].name
		self.assertEqual(frappe.db.get_value(EARLY_WARNING, name, "employee_name"), "Nama Baru")

	def test_without_a_user_nobody_is_told_until_there_is_one(self):
		employee = make_employee(
			reports_to=self.head.name, department=self.head.department, designation=self.head.designation
		)
		frappe.db.set_value("Employee", employee.name, "employment_type", "PNS")
		attend(employee.name, TODAY, working_days_before(TODAY, 1))
		self.night(employee)
		(row,) = self.warnings(employee)
		self.assertEqual(frappe.db.get_value(EARLY_WARNING, row.name, "told_on"), None)
		self.assertEqual(len(self.told(self.head)), 1)


class TestCost(WarningCase):
	def test_an_unchanged_night_writes_no_row(self):
		some = [self.report() for _number in range(2)]
		self.night(*some)
		with self.no_write():
			self.assertEqual(self.night(*some)["changed"], 0)

	def test_the_number_of_queries_does_not_grow_with_the_people(self):
		few, many = self.judged(self.report()), self.judged(*(self.report() for _number in range(4)))
		early_warnings.notice(few)
		with self.assertQueryCount(2):
			early_warnings.notice(many)
		self.assertEqual(
			frappe.db.count(EARLY_WARNING, {"employee": ("in", [e.person.employee for e in many])}), 4
		)
		with self.assertQueryCount(1):
			early_warnings.notice(many)

	def asked_for(self, number):
		"""What it takes to tell so many people, and their superior in one message."""
		names = [self.report().name for _each in range(number)]
		refresh.refresh(COMPANY, names, early_warnings.notice)
		with without_mail():
			return number, statements_of(early_warning_messages.tell)

	def test_another_message_takes_less_than_one_statement(self):
		# The first time fills the caches.
		self.asked_for(1)
		cost, kinds = one_more(self.asked_for(1), self.asked_for(4))
		self.assertLessEqual(cost, 0.6, kinds)

	@contextmanager
	def no_write(self):
		"""The database itself counts the statements of this connection."""
		before = self.writes()
		yield
		self.assertEqual(self.writes(), before)

	def writes(self):
		counted = frappe.db.sql("show session status where variable_name in %s", [WRITES])
		self.assertEqual(len(counted), len(WRITES))
		return counted


@contextmanager
def another_connection():
	"""A second session of the database, with a transaction of its own."""
	ours = frappe.local.db
	conf = frappe.conf
	frappe.local.db = get_db(
		conf.db_host, conf.db_name, conf.db_password, conf.db_port, conf.db_name, conf.db_socket
	)
	try:
		frappe.db.connect()
		yield
	finally:
		frappe.db.close()
		frappe.local.db = ours
