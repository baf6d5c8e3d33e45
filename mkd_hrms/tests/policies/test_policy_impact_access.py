"""Who is shown the impact of a draft policy, by every way that leads to a report; and a large agency's by a worker."""

import json
from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.core.doctype.prepared_report import prepared_report
from frappe.installer import update_site_config
from frappe.utils import getdate
from frappe.utils.background_jobs import get_queue

from mkd_hrms.constants import DAY, IMPACT, MODULE, POLICY
from mkd_hrms.policy import packs
from mkd_hrms.services.impact import cached
from mkd_hrms.services.policies.documents import document_from
from mkd_hrms.tests.policies.test_policy_impact import STRICTER, ImpactCase
from mkd_hrms.tests.support.http_world import HTTPCase, absences, browser, open_house, person, user_with
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import COMPANY, SERVICE, SERVICE_BACK_OFFICE, unit

OVER_LIMIT, UNCLASSIFIED_ROLES = "MKD Over Limit", "MKD Unclassified Roles"
REFUSED = ("HR User", "System Manager", "MKD Approver", "Employee")


def setUpModule():
	open_house()


class TestWhoMaySee(ImpactCase):
	def test_findings_are_for_those_of_hr_who_may_change_policies(self):
		draft = self.draft(**STRICTER)
		for role in ("HR Manager", "MKD Officer"):
			self.assertTrue(self.run_report(draft, make_user(role))["result"], role)
		for role in ("HR User", "System Manager", "MKD Approver", "Employee"):
			with self.subTest(role), self.assertRaises(frappe.PermissionError):
				self.run_report(draft, make_user(role))

	def test_the_platforms_other_ways_to_a_report_ask_the_same(self):
		draft, user = self.draft(**STRICTER), make_user("Employee", "System Manager")
		with acting_as(user):
			with self.assertRaises(frappe.PermissionError):
				frappe.get_doc("Report", IMPACT).execute_script_report({"policy": draft.name})
			prepared = prepared_report.make_prepared_report(IMPACT, {"policy": draft.name})["name"]
			with patch.object(frappe.db, "commit"):
				prepared_report.generate_report(prepared)
		self.assertEqual(frappe.db.get_value("Prepared Report", prepared, "status"), "Error")
		self.assertFalse(frappe.db.exists("File", {"attached_to_name": prepared}))

	def test_a_prepared_result_is_seen_by_who_asked_for_it_and_nobody_else(self):
		colleague = make_user("HR Manager", "System Manager")
		reports = frappe.get_all("Report", {"module": MODULE}, pluck="name")
		self.assertIn(IMPACT, reports)
		for report in (*reports, *self.written_by_somebody()):
			with acting_as(self.hr):
				prepared = prepared_report.make_prepared_report(report, {})["name"]
			doc = frappe.get_doc("Prepared Report", prepared)
			with self.subTest(report), acting_as(colleague):
				self.assertFalse(frappe.has_permission("Prepared Report", "read", doc))
				self.assertNotIn(prepared, frappe.get_list("Prepared Report", pluck="name"))
				other = prepared_report.make_prepared_report(report, {})["name"]
				self.assertIn(other, frappe.get_list("Prepared Report", pluck="name"))

	def written_by_somebody(self):
		"""A report saved from one of ours, and one over a table of ours."""
		saved = {"report_type": "Custom Report", "reference_report": OVER_LIMIT}
		for values in (saved, {"report_type": "Query Report", "query": "select 1", "module": "Core"}):
			name = frappe.generate_hash(length=8)
			doc = {
				"doctype": "Report",
				"report_name": name,
				"ref_doctype": DAY,
				"is_standard": "No",
				**values,
			}
			yield frappe.get_doc(doc).insert().name

	def test_no_door_hands_a_prepared_result_to_somebody_else(self):
		"""Frappe opens a result by its name for whoever runs the report, and writes it as CSV for everybody."""
		with acting_as(self.hr):
			prepared = prepared_report.make_prepared_report(UNCLASSIFIED_ROLES, {})["name"]
		for user in (make_user("HR Manager"), make_user("Employee")):
			with self.subTest(user), acting_as(user):
				with self.assertRaises(frappe.PermissionError):
					prepared_report.convert_json_to_csv(prepared)
				with self.assertRaises(frappe.ValidationError):
					prepared_report.download_attachment(prepared)

	def test_user_permissions_cut_rows_cards_and_chart(self):
		inside, outside = self.person(department=unit(SERVICE_BACK_OFFICE)), self.person()
		draft, user = self.draft(**STRICTER), make_user("HR Manager")
		for allow, value in (("Department", unit(SERVICE)), ("Employee", inside.name)):
			with self.subTest(allow):
				doc = {"doctype": "User Permission", "user": user, "allow": allow, "for_value": value}
				limit = frappe.get_doc(doc).insert()
				result = self.run_report(draft, user)
				found, hidden = self.about(result, inside, outside)
				self.assertEqual((found["change"], hidden), ("Fewer Days", None))
				cards, datasets = self.cards(result), result["chart"]["data"]["datasets"]
				self.assertEqual(cards["People Compared"], sum(datasets[0]["values"]))
				self.assertLess(cards["People Compared"], frappe.db.count("Employee", {"status": "Active"}))
				limit.delete()


class TestOverHTTP(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.closed, cls.fewer = person(absent_on=absences(2)), person()
		doc = document_from(packs.load("jabar-2023"))
		begins = getdate() + timedelta(days=20)
		doc.update({"policy_name": "Draf", "effective_from": begins, "company": COMPANY, **STRICTER})
		cls.draft = doc.insert().name
		cls.addClassCleanup(cls.forget)
		frappe.db.commit()

	@classmethod
	def forget(cls):
		frappe.db.rollback()
		frappe.delete_doc(POLICY, cls.draft)
		frappe.db.commit()

	def ask(self, user, **filters):
		filters = json.dumps({"policy": self.draft, **filters})
		return browser(user).get(
			"/api/method/frappe.desk.query_report.run", report_name=IMPACT, filters=filters
		)

	def export(self, user):
		return browser(user).post(
			"/api/method/frappe.desk.query_report.export_query",
			report_name=IMPACT,
			file_format_type="CSV",
			filters=json.dumps({"policy": self.draft}),
			visible_idx="[]",
		)

	def test_hr_sees_and_exports_who_changes_and_why(self):
		user = user_with("HR Manager")
		found = {row["employee"]: row for row in self.ok(self.ask(user))["result"]}
		self.assertEqual(found[self.closed.name]["change"], "Loses")
		self.assertIn("MKD closes at 2.", found[self.closed.name]["reasons"])
		self.assertEqual(found[self.fewer.name]["change"], "Fewer Days")
		answer = self.export(user)
		self.assertEqual(answer.status_code, 200)
		lines = [line for line in answer.text.splitlines() if self.closed.name in line]
		self.assertEqual(len(lines), 1)
		self.assertIn("MKD closes at 2.", lines[0])

	def test_others_are_refused_the_report_its_export_and_a_prepared_one(self):
		for role in REFUSED:
			user = user_with(role)
			with self.subTest(role):
				for answer in (self.ask(user), self.export(user)):
					self.assertEqual(answer.status_code, 403)
					self.assertNotIn(self.closed.name, answer.text)

	def test_asking_changes_no_row_of_ours(self):
		user = user_with("HR Manager")
		before = self.rows()
		self.ok(self.ask(user))
		self.assertEqual(self.export(user).status_code, 200)
		self.assertEqual(self.rows(), before)

	def rows(self):
		frappe.db.rollback()
		tables = frappe.get_all("DocType", {"module": "MKD HRMS", "issingle": 0}, pluck="name")
		tables += ["Employee", "Attendance", "Prepared Report", "File", "Version", "Singles"]
		return frappe.db.sql(f"checksum table {', '.join(f'`tab{name}`' for name in tables)}")

	def test_a_large_agency_is_compared_by_a_worker(self):
		user = user_with("HR Manager")
		at_once = self.ok(self.ask(user))
		update_site_config(cached.INLINE_KEY, 0)
		self.addCleanup(update_site_config, cached.INLINE_KEY, "None")
		waiting = self.ok(self.ask(user))
		self.assertEqual(waiting["result"], [])
		self.assertIn("are compared in the background", waiting["message"])
		self.work_off(user)
		for filters in ({}, {"chart_by": "Unit"}):
			ready = self.ok(self.ask(user, **filters))
			self.assertEqual(ready["result"], at_once["result"])
			self.assertEqual(ready["report_summary"], at_once["report_summary"])
		self.assertEqual(self.ok(self.ask(user_with("MKD Officer")))["result"], at_once["result"])
		waiting = self.ok(self.ask(user, company=COMPANY))
		self.assertIn("are compared in the background", waiting["message"])

	def work_off(self, user):
		"""Run the job that the request left in the queue, as its worker would."""
		(job,) = [job for job in get_queue("long").jobs if job.kwargs["user"] == user]
		with acting_as(user):
			frappe.get_attr(job.kwargs["method"])(**job.kwargs["kwargs"])
		job.delete()
