"""What somebody with an account may try beyond his part: read what is not his, and decide about himself on a detour."""

import frappe
from frappe.desk.form import document_follow
from frappe.desk.form.linked_with import get_submitted_linked_docs

from mkd_hrms.constants import DAY, DISCIPLINE_RECORD, MODULE, PLACE_HINT, REQUEST, SETTINGS, SUSPENSION
from mkd_hrms.services.daily_reports import actors as report_actors
from mkd_hrms.services.day import no_shows
from mkd_hrms.services.discipline import measures
from mkd_hrms.services.objections import actors
from mkd_hrms.services.performance import goal_progress
from mkd_hrms.services.privacy import personal_data_file
from mkd_hrms.tests.support.appraisal_case import AppraisalCase
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move, objection
from mkd_hrms.tests.support.day_case import AFTER_GRACE, THURSDAY, DayCase, at
from mkd_hrms.tests.support.factories import applied, officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import UNLIMITED, acting_as, make_user, store_row
from mkd_hrms.tests.support.verification_case import FRIDAY_NOON, VerificationCase, delegation
from mkd_hrms.tests.support.world import TODAY

SCRIPT = "<img src=x onerror=alert(1)>"


class TestConduct(ObjectionCase):
	def test_the_superior_who_confirms_does_not_read_what_followed(self):
		employee = self.no_show()
		suspension = self.measure(SUSPENSION, employee)
		asked = {"reference_type": SUSPENSION, "reference_name": suspension.name}
		self.assertTrue(frappe.get_all("ToDo", asked))
		with acting_as(self.boss.user_id):
			self.assertEqual(frappe.get_list("ToDo", asked), [])
		with acting_as(self.officer):
			self.assertTrue(frappe.get_list("ToDo", asked))

	def test_hr_does_not_withdraw_what_the_employee_filed(self):
		employee, request = self.denied()
		found = filed(request, employee)
		for user in (make_user("HR User", "Employee"), self.officer):
			with self.assertRaises(frappe.PermissionError):
				move(found, "Withdraw", user)
		self.assertEqual(self.stored(found).status, "Pending Decision")

	def test_hr_withdraws_what_it_filed_for_him(self):
		employee, request = self.denied()
		author = make_user("HR User", "Employee")
		found = move(objection(request, employee, user=author), "File Objection", author)
		self.assertEqual(move(found, "Withdraw", author).status, "Withdrawn")

	def test_a_stranger_does_not_learn_what_became_of_a_request(self):
		stranger, (_employee, denied) = self.person(), self.denied()
		pending = applied(self.person(), WEEK[:1])
		for request in (denied, pending):
			with self.assertRaisesRegex(frappe.PermissionError, "not about this employee"):
				objection(request, stranger)

	def test_who_gave_a_measure_decides_no_objection_to_it_after_it_was_lifted(self):
		employee, giver = self.person(), officer()
		dates = {
			"from_date": WEEK[0],
			"to_date": "2026-12-18",
			"ground": "Pelanggaran",
			"measure": "Suspension",
		}
		with acting_as(self.officer):
			doc = frappe.get_doc({"doctype": SUSPENSION, "employee": employee.name, **dates}).insert()
		with acting_as(giver):
			frappe.get_doc(SUSPENSION, doc.name).submit()
		found = filed(doc, employee)
		with acting_as(self.manager):
			measures.lift(doc.name, "Bukti baru")
		self.assertFalse(actors.may_decide(found, giver))
		self.assertTrue(actors.may_decide(found, self.manager))

	def test_a_typed_reason_is_shown_as_text(self):
		employee = self.approved()
		self.end()
		with at(*AFTER_GRACE), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(employee).name, True, SCRIPT)
		with at(*AFTER_GRACE), acting_as(self.officer):
			measures.lift(self.measure(SUSPENSION, employee).name, SCRIPT)
		shown = "&lt;img src=x onerror=alert(1)>"
		self.assertEqual(frappe.get_doc(DAY, self.day(employee).name).confirmation_reason, shown)
		self.assertEqual(self.measure(SUSPENSION, employee).lift_reason, shown)


class TestDeciding(VerificationCase):
	def test_nobody_chooses_who_acts_for_his_superior_in_his_own_case(self):
		worker, report = self.waiting()
		_other, others = self.waiting()
		frappe.get_doc("User", worker.user_id).add_roles("HR Manager")
		friend = self.person().user_id
		day, hour = FRIDAY_NOON
		with acting_as(worker.user_id):
			delegation(self.boss.user_id, friend, day, day)
		with at(day, hour):
			self.assertFalse(report_actors.may_verify(report, friend))
			self.assertTrue(report_actors.may_verify(others, friend))

	def test_nobody_changes_in_his_own_record_who_decides_about_him_or_what_he_is_judged_by(self):
		worker, colleague = self.person(**UNLIMITED), self.person()
		frappe.get_doc("User", worker.user_id).add_roles("HR Manager")
		changes = {
			"reports_to": colleague.name,
			"date_of_joining": "2010-01-01",
			"user_id": make_user("Employee"),
			"mkd_nip": "198501012010011001",
		}
		for field, value in changes.items():
			with self.subTest(field), acting_as(worker.user_id):
				doc = frappe.get_doc("Employee", worker.name)
				doc.set(field, value)
				self.assertRaises(frappe.PermissionError, doc.save)
		with acting_as(worker.user_id):
			frappe.get_doc("Employee", worker.name).update({"cell_number": "08120000000"}).save()
			frappe.get_doc("Employee", colleague.name).update({"reports_to": self.boss.name}).save()

	def test_what_an_outage_took_back_is_not_typed(self):
		outage = self.outage("2026-11-26 08:00:00", "2026-11-26 09:00:00", FRIDAY_NOON)
		with at(*FRIDAY_NOON), acting_as(officer()):
			frappe.get_doc("MKD Outage", outage.name).update({"taken_back": "No Show: 9"}).save()
		self.assertFalse(frappe.db.get_value("MKD Outage", outage.name, "taken_back"))

	def test_nobody_types_what_uninstalling_takes_away(self):
		before = frappe.db.get_single_value(SETTINGS, "created_records")
		with acting_as(officer()):
			frappe.get_doc(SETTINGS).update({"created_records": '{"Role": ["HR Manager"]}'}).save()
		self.assertEqual(frappe.db.get_single_value(SETTINGS, "created_records", cache=False), before)


class TestGoals(AppraisalCase):
	def test_nobody_types_the_progress_of_a_plan_that_he_puts_away(self):
		worker = self.approved()
		goal = self.goal(worker, 600)
		self.verified(worker, goal)
		goal.reload()
		with acting_as(worker.user_id):
			goal.update({"status": "Closed", "progress": 100}).save()
			self.assertEqual(self.progress(goal), 50)
			goal.update({"status": "Closed", "progress": 100}).save()
		self.assertEqual(self.progress(goal), 50)
		self.assertEqual(goal_progress.follow([goal.name]), [])

	def test_nobody_plans_his_own_goal_by_way_of_a_colleague(self):
		worker, colleague = self.person(**UNLIMITED), self.person()
		own, others = self.goal(worker, 600), self.goal(colleague)
		with acting_as(worker.user_id):
			own.update({"employee": colleague.name, "mkd_target_minutes": 1})
			self.assertRaises(frappe.PermissionError, own.save)
			others.update({"mkd_target_minutes": 1}).save()
			others.update({"employee": worker.name})
			self.assertRaises(frappe.PermissionError, others.save)


class TestReading(DayCase):
	def test_a_list_of_attendance_is_no_way_to_the_mkd_day(self):
		employee, colleague = self.approved(), self.person(**UNLIMITED)
		self.end()
		with at(*AFTER_GRACE), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(employee).name, True, "Tidak dapat dihubungi")
		filters = {"employee": employee.name, "attendance_date": THURSDAY}
		for user in (colleague.user_id, officer()):
			with acting_as(user):
				self.assertEqual(len(frappe.get_list("Attendance", filters)), 1)
				for column in ("confirmation_reason", "status"):
					# Attendance names the day, and links to nothing of which columns could be asked for.
					with self.assertRaises(frappe.DoesNotExistError):
						self.listed("Attendance", filters, f"mkd_day.{column} as why")

	def test_the_search_of_a_link_field_shows_no_row_that_a_list_would_not(self):
		employee, colleague = self.approved(), self.person()
		found = {"doctype": DAY, "txt": self.day(employee).name, "ignore_user_permissions": 1}
		for user, rows in ((colleague.user_id, 0), (employee.user_id, 1), (officer(), 1)):
			with self.subTest(user), acting_as(user):
				self.assertEqual(len(self.called("search_link", **found)), rows)
				columns = frappe.as_json(["confirmation_reason"])
				self.assertEqual(len(self.called("search_widget", **found, filter_fields=columns)), rows)

	def test_the_search_of_a_link_field_finds_by_person_by_number_and_what_is_new(self):
		surname = frappe.generate_hash(length=8)
		employee = self.approved(first_name=f"Cucu {surname}")
		request, day = employee.request, self.day(employee).name
		number = int(request.rpartition("-")[2])
		# The clock stands: whatever else was made in this hour is as new.
		frappe.db.set_value(REQUEST, request, "modified", "2099-01-01", update_modified=False)
		for user in (employee.user_id, self.boss.user_id, officer()):
			for doctype, txt, name in (
				*((REQUEST, txt, request) for txt in ("", request, request[:-1], str(number), surname)),
				*((DAY, txt, day) for txt in (day, surname.upper(), f"cu {surname}")),
			):
				with self.subTest(user, doctype=doctype, txt=txt), acting_as(user):
					found = [row["value"] for row in self.called("search_link", doctype=doctype, txt=txt)]
					self.assertIn(name, found)
					self.assertEqual(self.called("search_link", doctype=doctype, txt=f"{txt}zqx"), [])

	def called(self, name, **arguments):
		"""As the browser calls it."""
		method = frappe.override_whitelisted_method(f"frappe.desk.search.{name}")
		return frappe.call(method, **arguments)

	def listed(self, doctype, filters, *fields):
		"""As a browser asks."""
		frappe.local.form_dict = frappe._dict(doctype=doctype, fields=frappe.as_json(fields))
		return frappe.get_list(doctype, filters, list(fields))

	def test_a_position_that_is_listed_through_a_hint_is_logged(self):
		employee = self.approved()
		self.check_in(employee)
		checkin = frappe.db.get_value("Employee Checkin", {"employee": employee.name})
		hint = store_row(PLACE_HINT, employee.name, checkin=checkin)
		asked = {"user": self.boss.user_id, "export_from": "Employee Checkin"}
		self.addCleanup(setattr, frappe.local, "request", getattr(frappe.local, "request", None))
		with acting_as(self.boss.user_id):
			frappe.local.request = frappe._dict(method="POST", path="/api/method/frappe.client.get_list")
			self.assertEqual(len(self.listed(PLACE_HINT, {"name": hint.name}, "checkin")), 1)
			self.assertEqual(frappe.db.count("Access Log", asked), 0)
			self.listed(PLACE_HINT, {"name": hint.name}, "checkin.latitude")
			self.assertEqual(frappe.db.count("Access Log", asked), 1)

	def test_nobody_follows_by_mail_what_he_may_not_read(self):
		employee, colleague = self.approved(), self.person()
		day = self.day(employee).name
		for user in (colleague.user_id, employee.user_id):
			frappe.db.set_value("User", user, "document_follow_notify", 1)
			frappe.db.value_cache.clear()
			with acting_as(user):
				document_follow.follow_document(DAY, day, user)
		self.assertEqual([row.user for row in document_follow.get_follow_users(DAY, day)], [employee.user_id])

	def case_of(self, employee):
		case = {"employee": employee.name, "level": "Medium", "stage": "In Process", "from_date": TODAY}
		frappe.get_doc({"doctype": DISCIPLINE_RECORD, **case}).insert().submit()

	def test_what_would_be_cancelled_with_an_employee_tells_nobody_of_a_case(self):
		employee = self.person()
		self.case_of(employee)
		with acting_as(self.person(**UNLIMITED).user_id):
			told = get_submitted_linked_docs("Employee", employee.name)
		self.assertEqual([entry for entry in told["docs"] if entry["doctype"].startswith("MKD")], [])

	def test_every_record_of_ours_that_is_submitted_is_exempt(self):
		ours = frappe.get_all("DocType", {"module": MODULE, "is_submittable": 1}, pluck="name")
		self.assertTrue(ours)
		self.assertLessEqual(set(ours), set(frappe.get_hooks("auto_cancel_exempted_doctypes")))

	def test_who_may_not_read_disciplinary_cases_does_not_download_them(self):
		employee = self.person()
		self.case_of(employee)
		with self.assertRaises(frappe.PermissionError):
			self.downloaded(make_user("HR User"), employee)
		self.assertIn("In Process", self.downloaded(make_user("HR Manager"), employee))

	def test_user_permissions_hold_for_a_download_too(self):
		employee, own = self.person(), self.person()
		manager = make_user("HR Manager")
		permission = {"doctype": "User Permission", "user": manager, "allow": "Employee"}
		frappe.get_doc({**permission, "for_value": own.name}).insert()
		with self.assertRaises(frappe.PermissionError):
			self.downloaded(manager, employee)
		self.assertIn(own.name, self.downloaded(manager, own))

	def downloaded(self, user, employee):
		with acting_as(user):
			return personal_data_file.file_for(user, employee.name)[1]
