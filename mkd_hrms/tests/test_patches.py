"""Patches change what older versions left behind, once and again with the same end."""

import sys
from datetime import timedelta
from unittest.mock import patch

from rq.job import Job

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate
from frappe.utils.background_jobs import get_redis_conn

from mkd_hrms.constants import (
	COLLECTIVE_DAY,
	DAY,
	DAY_REASON,
	DECISION_RECORD,
	DELEGATION,
	FEED,
	FILE,
	FILE_OBJECTION,
	OBJECTION,
	OBJECTION_WORKFLOW,
	REQUEST,
	SUSPENSION,
)
from mkd_hrms.patches.v0_1 import (
	actions_say_what_they_are_about,
	answers_are_said,
	closed_actions_name_no_roles,
	decision_records_are_compressed,
	gates_stand_in_decision_records,
	lists_name_who_and_when,
	objections_are_filed_by_their_own_action,
	objections_name_their_unit,
	open_actions_wait_for_somebody,
	policies_name_every_source,
	reasons_stand_beside_the_day,
	suspensions_have_a_state,
)
from mkd_hrms.patches.v0_1 import waiting_jobs_carry_the_new_names as new_names
from mkd_hrms.setup.created_records import create_missing
from mkd_hrms.tests.support.people import make_employee, store_row


class TestSuspensionsHaveAState(FrappeTestCase):
	def suspension(self, status, docstatus, ends_in):
		values = {"from_date": getdate() - timedelta(days=30), "docstatus": docstatus, "status": status}
		if ends_in is not None:
			values["to_date"] = getdate() + timedelta(days=ends_in)
		return store_row(SUSPENSION, self.employee, **values).name

	def test_those_in_force_can_be_lifted_and_those_over_are_over(self):
		self.employee = make_employee().name
		expected = {
			self.suspension("Draft", 1, 10): "In Force",
			self.suspension("", 1, None): "In Force",
			self.suspension("Draft", 1, -1): "Ended",
			self.suspension("Lifted", 1, 10): "Lifted",
			self.suspension("Draft", 0, 10): "Draft",
		}
		for _time in range(2):
			suspensions_have_a_state.execute()
			found = {name: frappe.db.get_value(SUSPENSION, name, "status") for name in expected}
			self.assertEqual(found, expected)


class TestGatesStandInDecisionRecords(FrappeTestCase):
	def record(self, *findings):
		findings = [{"gate": gate, "verdict": verdict} for gate, verdict in findings]
		entries = [{"dates": ["2026-12-07"], "findings": findings}]
		return store_row(DECISION_RECORD, self.employee, findings=frappe.as_json(entries)).name

	def test_a_record_of_an_older_version_says_which_gates_it_holds_and_no_list_names_them(self):
		self.employee = make_employee().name
		expected = {
			self.record(("Absence", "Fail"), ("Role", "Unknown"), ("Lateness", "Fail")): (
				"Absence, Lateness",
				"Role",
			),
			self.record(("Absence", "Pass")): (None, None),
		}
		for doctype, column in (
			(REQUEST, "failed_gates"),
			(REQUEST, "unknown_gates"),
			(DAY, "suspended_gates"),
		):
			frappe.db.sql_ddl(f"alter table `tab{doctype}` add column if not exists `{column}` text")
		for _time in range(2):
			gates_stand_in_decision_records.execute()
			for name, gates in expected.items():
				found = frappe.db.get_value(DECISION_RECORD, name, ["failed_gates", "unknown_gates"])
				self.assertEqual(found, gates)
			for doctype in (REQUEST, DAY):
				columns = {row[0] for row in frappe.db.sql(f"show columns from `tab{doctype}`")}
				self.assertTrue(columns.isdisjoint({"failed_gates", "unknown_gates", "suspended_gates"}))
		frappe.db.delete(DECISION_RECORD, {"name": ("in", list(expected))})
		frappe.delete_doc("Employee", self.employee, force=True)
		frappe.db.commit()


class TestOpenActionsWaitForSomebody(FrappeTestCase):
	def action(self, document, state):
		about = {"reference_doctype": document.doctype, "reference_name": document.name}
		action = {"doctype": "Workflow Action", "workflow_state": state, "status": "Open", **about}
		return frappe.get_doc(action).insert(ignore_links=True).name

	def test_those_of_what_was_decided_are_closed_and_those_that_wait_stay(self):
		employee = make_employee().name
		waiting, approved = (
			store_row(REQUEST, employee, workflow_state=state, status=state)
			for state in ("Pending Approval", "Approved")
		)
		gone = frappe._dict(doctype=REQUEST, name="no such request")
		foreign = frappe._dict(doctype="ToDo", name="no such task")
		expected = {
			self.action(waiting, "Pending Approval"): "Open",
			self.action(waiting, "Draft"): "Completed",
			self.action(approved, "Approved"): "Completed",
			self.action(gone, "Pending Approval"): "Completed",
			self.action(foreign, "Open"): "Open",
		}
		for _time in range(2):
			open_actions_wait_for_somebody.execute()
			found = {name: frappe.db.get_value("Workflow Action", name, "status") for name in expected}
			self.assertEqual(found, expected)


class TestClosedActionsNameNoRoles(FrappeTestCase):
	def action(self, doctype, status):
		roles = [{"role": "MKD Approver"}, {"role": "HR Manager"}]
		action = {"doctype": "Workflow Action", "reference_doctype": doctype, "reference_name": "any"}
		action |= {"workflow_state": "Approved", "status": status, "permitted_roles": roles}
		return frappe.get_doc(action).insert(ignore_links=True).name

	def test_the_roles_of_closed_ones_go_and_those_of_open_ones_and_of_others_stay(self):
		expected = {
			self.action(REQUEST, "Completed"): 0,
			self.action(REQUEST, "Completed"): 0,
			self.action(REQUEST, "Open"): 2,
			self.action("ToDo", "Completed"): 2,
		}
		with patch.object(closed_actions_name_no_roles, "AT_ONCE", 1):
			for _time in range(2):
				closed_actions_name_no_roles.execute()
				for name, roles in expected.items():
					found = frappe.db.count("Workflow Action Permitted Role", {"parent": name})
					self.assertEqual(found, roles)
		for doctype, column in (("Workflow Action Permitted Role", "parent"), ("Workflow Action", "name")):
			frappe.db.delete(doctype, {column: ("in", list(expected))})
		frappe.db.commit()


class TestDecisionRecordsAreCompressed(FrappeTestCase):
	def test_the_table_of_an_older_version_is_stored_as_a_new_one_is(self):
		self.assertEqual(decision_records_are_compressed.row_format(), "Compressed")
		frappe.db.sql_ddl(f"alter table `tab{DECISION_RECORD}` row_format = dynamic")
		self.addCleanup(decision_records_are_compressed.execute)
		for _time in range(2):
			decision_records_are_compressed.execute()
			self.assertEqual(decision_records_are_compressed.row_format(), "Compressed")


class TestReasonsStandBesideTheDay(FrappeTestCase):
	def test_a_day_of_an_older_version_keeps_its_reasons_and_no_list_reads_them(self):
		employee = make_employee().name
		days = [store_row(DAY, employee).name for _each in range(2)]
		expected = dict(zip(days, [("Called back", None), ("Withdrawn", "Unreachable")], strict=True))
		for column in ("release_reason", "confirmation_reason"):
			frappe.db.sql_ddl(f"alter table `tab{DAY}` add column if not exists `{column}` text")
		for name, reasons in expected.items():
			frappe.db.sql(
				f"update `tab{DAY}` set release_reason = %s, confirmation_reason = %s where name = %s",
				(*reasons, name),
			)
		link = {"dt": "Attendance", "fieldname": "mkd_day"}
		frappe.db.set_value("Custom Field", link, {"fieldtype": "Link", "options": DAY})
		for _time in range(2):
			reasons_stand_beside_the_day.execute()
			for name, reasons in expected.items():
				found = frappe.db.get_value(DAY_REASON, name, ["release_reason", "confirmation_reason"])
				self.assertEqual(found, reasons)
			columns = {row[0] for row in frappe.db.sql(f"show columns from `tab{DAY}`")}
			self.assertTrue(columns.isdisjoint({"release_reason", "confirmation_reason"}))
			self.assertEqual(frappe.get_meta("Attendance").get_field("mkd_day").fieldtype, "Data")
		for doctype in (DAY, DAY_REASON):
			frappe.db.delete(doctype, {"name": ("in", days)})
		frappe.delete_doc("Employee", employee, force=True)
		frappe.db.commit()


class TestAnswersAreSaid(FrappeTestCase):
	def setUp(self):
		self.employee = make_employee().name
		self.addCleanup(self.restore)
		for name in answers_are_said.QUESTIONS:
			# As whatever other tests left would have been stored then.
			frappe.db.sql(f"update `tab{REQUEST}` set `{name}` = if(`{name}` = 'Yes', '1', '0')")
			frappe.db.sql_ddl(f"alter table `tab{REQUEST}` modify `{name}` int(1) not null default 0")

	def restore(self):
		frappe.db.updatedb(REQUEST)
		frappe.db.delete(REQUEST, {"employee": self.employee})
		frappe.delete_doc("Employee", self.employee, force=True)
		frappe.db.commit()

	def request(self, status, computer, internet):
		values = {"status": status, "has_computer": computer, "has_internet": internet}
		return store_row(REQUEST, self.employee, **values).name

	def test_a_tick_is_a_yes_and_an_open_box_says_no_only_where_somebody_was_judged_by_it(self):
		expected = {
			self.request("Draft", "1", "0"): ("Yes", ""),
			self.request("Denied", "1", "0"): ("Yes", "No"),
			self.request("Approved", "1", "1"): ("Yes", "Yes"),
		}
		frappe.db.updatedb(REQUEST)
		expected[self.request("Draft", "Yes", "No")] = ("Yes", "No")
		for _time in range(2):
			answers_are_said.execute()
			for name, answers in expected.items():
				found = frappe.db.get_value(REQUEST, name, ["has_computer", "has_internet"])
				self.assertEqual(found, answers)


class TestWaitingJobsCarryTheNewNames(FrappeTestCase):
	"""A job is read from the queue as a worker of the new version would read it."""

	OTHERS = "frappe.utils.background_jobs.get_queue_list"

	def queued(self, method):
		job = frappe.enqueue(method, queue="long", name="MKD-OUT-0001")
		self.addCleanup(job.delete)
		return job.id

	def method_of(self, job):
		return Job.fetch(job, connection=get_redis_conn()).kwargs["method"]

	def test_a_job_under_an_old_name_is_called_by_the_new_one(self):
		for old, new in new_names.MOVED.items():
			with self.subTest(old):
				job = self.queued(old)
				new_names.execute()
				self.assertEqual(self.method_of(job), f"mkd_hrms.tasks.{new.__name__}")
				self.assertIs(frappe.get_attr(self.method_of(job)), new)

	def test_a_notice_that_was_queued_as_a_function_is_found_though_its_module_is_gone(self):
		with new_names.module_of_notices():
			old = sys.modules[f"{new_names.SERVICES}.notices"]
			exec("def send(name):\n\tpass", vars(old))
			job = self.queued(old.send)
		new_names.execute()
		self.assertEqual(self.method_of(job), "mkd_hrms.tasks.send_notices")

	def test_jobs_of_others_stay_as_they_are(self):
		job = self.queued(self.OTHERS)
		new_names.execute()
		self.assertEqual(self.method_of(job), self.OTHERS)


class TestPoliciesNameEverySource(FrappeTestCase):
	def sources(self, name):
		rows = frappe.get_all("MKD Policy Source", {"parent": name}, ["parameter", "unit", "source"])
		return {row.parameter: (row.unit, row.source) for row in rows}

	def test_what_an_older_policy_does_not_name_it_names_as_its_pack_does_and_nothing_else_changes(self):
		name = frappe.get_all("MKD Policy", {"docstatus": 1}, pluck="name")[0]
		before = self.sources(name)
		gone = {"parent": name, "parameter": ("in", ("fair_order_days", "horizon_days"))}
		frappe.db.delete("MKD Policy Source", gone)
		changed = {"parent": name, "parameter": "weekly_limit"}
		frappe.db.set_value("MKD Policy Source", changed, "source", "Keputusan sendiri")
		for _time in range(2):
			policies_name_every_source.execute()
			found = self.sources(name)
			self.assertEqual(found.pop("weekly_limit")[1], "Keputusan sendiri")
			self.assertEqual({"weekly_limit": before["weekly_limit"], **found}, before)
			self.assertEqual(frappe.db.count("MKD Policy Source", {"parent": name}), len(before))
		self.assertEqual(found["fair_order_days"][1], "Own design, rule W6")


class TestListsNameWhoAndWhen(FrappeTestCase):
	def test_records_from_before_get_what_is_noted_beside_new_ones(self):
		employee = make_employee(first_name="Wulan")
		user = frappe.db.get_value("User", employee.user_id, "full_name")
		delegation = store_row(DELEGATION, None, approver="Administrator", delegate=employee.user_id).name
		feed = store_row(FEED, None, reference_doctype="Employee", reference_name=employee.name).name
		of_unit = store_row(FEED, None, reference_doctype="Department", reference_name="Bidang - X").name
		circular = store_row(COLLECTIVE_DAY, None, dates_by="Weekday", weekday="Thursday")
		circular.db_set({"from_date": "2026-12-01", "to_date": "2026-12-31"})
		for _time in range(2):
			lists_name_who_and_when.execute()
			self.assertEqual(frappe.db.get_value(DELEGATION, delegation, "delegate_name"), user)
			self.assertEqual(frappe.db.get_value(FEED, feed, "reference_title"), employee.employee_name)
			self.assertEqual(frappe.db.get_value(FEED, of_unit, "reference_title"), "Bidang - X")
			dates = frappe.db.get_value(COLLECTIVE_DAY, circular.name, ["first_date", "last_date"])
			self.assertEqual([str(day) for day in dates], ["2026-12-03", "2026-12-31"])


class TestObjectionsAreFiledByTheirOwnAction(FrappeTestCase):
	ACTION = "Workflow Action Master"

	def actions(self):
		rows = frappe.get_doc("Workflow", OBJECTION_WORKFLOW).transitions
		return {row.action for row in rows if row.state == "Draft"}

	def test_the_action_of_an_older_workflow_is_renamed_and_that_of_another_workflow_stays(self):
		create_missing(self.ACTION, FILE, workflow_action_name=FILE)
		frappe.db.set_value(
			"Workflow Transition", {"parent": OBJECTION_WORKFLOW, "state": "Draft"}, "action", FILE
		)
		other = {
			"doctype": "Workflow Transition",
			"parent": "Arsip",
			"parenttype": "Workflow",
			"action": FILE,
		}
		other = frappe.get_doc({**other, "parentfield": "transitions", "state": "Draft"})
		other.db_insert()
		frappe.clear_document_cache("Workflow", OBJECTION_WORKFLOW)
		self.assertEqual(self.actions(), {FILE})
		for used in (True, False):
			if not used:
				frappe.db.delete("Workflow Transition", {"name": other.name})
			for _time in range(2):
				objections_are_filed_by_their_own_action.execute()
				self.assertEqual(self.actions(), {FILE_OBJECTION})
			self.assertEqual(bool(frappe.db.exists(self.ACTION, FILE)), used)
		self.assertEqual(frappe.get_meta(OBJECTION).get_workflow(), OBJECTION_WORKFLOW)


class TestActionsSayWhatTheyAreAbout(FrappeTestCase):
	def test_each_action_of_an_older_workflow_is_renamed_and_the_old_name_goes(self):
		master, table = "Workflow Action Master", "Workflow Transition"
		for doctype, old, new in actions_say_what_they_are_about.NAMED:
			workflow = frappe.get_meta(doctype).get_workflow()
			create_missing(master, old, workflow_action_name=old)
			frappe.db.set_value(table, {"parent": workflow, "action": new}, "action", old)
			frappe.clear_document_cache("Workflow", workflow)
			self.assertIn(old, self.actions(workflow))
		for _time in range(2):
			actions_say_what_they_are_about.execute()
			for doctype, old, new in actions_say_what_they_are_about.NAMED:
				actions = self.actions(frappe.get_meta(doctype).get_workflow())
				self.assertEqual((old in actions, new in actions), (False, True))
				self.assertFalse(frappe.db.exists(master, old))

	def actions(self, workflow):
		return {row.action for row in frappe.get_doc("Workflow", workflow).transitions}


class TestObjectionsNameTheirUnit(FrappeTestCase):
	def test_whose_unit_is_not_noted_gets_it_and_the_others_keep_theirs(self):
		employee = make_employee()
		without = store_row(OBJECTION, employee.name).name
		before = store_row(OBJECTION, employee.name, department="Bidang - X").name
		for _time in range(2):
			objections_name_their_unit.execute()
			found = [frappe.db.get_value(OBJECTION, name, "department") for name in (without, before)]
			self.assertEqual(found, [employee.department, "Bidang - X"])
