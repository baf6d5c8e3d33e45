"""A user gets another name: notices reach him, he sees his own, and decides what he decided before."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, MODULE, REQUEST, WARNING
from mkd_hrms.patches.v0_1 import reports_name_users_that_there_are
from mkd_hrms.tests.support.day_case import FRIDAY, at
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.verification_case import FRIDAY_NOON, VerificationCase, delegation
from mkd_hrms.tests.support.world import TODAY

TEXT = ("char", "varchar", "text", "longtext", "mediumtext")
# Whose names must be links: the platform renames those.
LINKED = ("User", "Employee", "Department")


class TestARenamedUser(VerificationCase):
	def test_whoever_is_renamed_goes_on_as_before(self):
		worker, report = self.waiting()
		request = applied(worker, WEEK[:1])
		store_row(WARNING, worker.name, employee_user=worker.user_id)
		self.open(report, self.boss.user_id)
		names = {user: f"baru.{user}" for user in (worker.user_id, self.boss.user_id)}
		delegation(self.boss.user_id, self.person().user_id, TODAY, FRIDAY)
		for old, new in names.items():
			frappe.rename_doc("User", old, new, force=True, show_alert=False)
		frappe.db.commit()
		self.addCleanup(frappe.db.delete, WARNING, {"employee": worker.name})
		self.assert_nothing_names(names)
		worker, boss = names[worker.user_id], names[self.boss.user_id]

		# Whoever opened it under his old name has opened it.
		self.act(report, "Return Report", boss, note="Sebutkan keluarannya")
		told = frappe.get_all("Notification Log", {"document_name": report.name}, pluck="for_user")
		self.assertEqual(told, [worker])
		with at(*FRIDAY_NOON), acting_as(worker):
			for doctype, name in ((DAILY_REPORT, report.name), (REQUEST, request.name)):
				self.assertIn(name, frappe.get_list(doctype, pluck="name"))
		self.act(report, "Hand In", worker, (FRIDAY, 13))
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "approver"), boss)

	def test_reports_of_an_older_version_name_the_user_of_today(self):
		worker, report = self.waiting()
		colleague, other = self.waiting()
		frappe.db.set_value(DAILY_REPORT, report.name, "employee_user", "dahulu@mkd.test")
		for _time in range(2):
			reports_name_users_that_there_are.execute()
			for employee, found in ((worker, report), (colleague, other)):
				self.assertEqual(self.stored(found).employee_user, employee.user_id)

	def assert_nothing_names(self, users):
		"""No column of any table of ours holds one of these names."""
		for doctype in frappe.get_all("DocType", {"module": MODULE, "issingle": 0}, pluck="name"):
			for column in frappe.db.get_table_columns_description(f"tab{doctype}"):
				if column["type"].split("(")[0] not in TEXT:
					continue
				for user in users:
					found = {column["name"]: ("like", f"{user}%")}
					with self.subTest(doctype, column=column["name"]):
						self.assertEqual(frappe.db.count(doctype, found), 0)

	def test_what_is_taken_from_an_employee_and_names_a_record_is_a_link(self):
		"""The platform renames links, and nothing else."""
		for doctype in frappe.get_all("DocType", {"module": MODULE}, pluck="name"):
			meta = frappe.get_meta(doctype)
			for field in meta.fields:
				source = (field.fetch_from or "").partition(".")
				link = meta.get_field(source[0])
				taken = frappe.get_meta(link.options).get_field(source[2]) if source[2] and link else None
				if taken and taken.fieldtype == "Link" and taken.options in LINKED:
					with self.subTest(doctype, field=field.fieldname):
						self.assertEqual((field.fieldtype, field.options), ("Link", taken.options))
