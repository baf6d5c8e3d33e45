"""The shipped Server Scripts on, off and deleted, and a gate of the agency's own as a Server Script."""

from contextlib import contextmanager
from pathlib import Path

import frappe

from mkd_hrms import setup
from mkd_hrms.api import explain
from mkd_hrms.constants import REQUEST
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.platform import server_scripts
from mkd_hrms.services.requests.transitions import ApprovalRefused
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.crowd import bench_without_scripts
from mkd_hrms.tests.support.factories import act, applied, days_of, draft, officer
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import ANALYST, COUNTER

OFF, ON, DELETED = "off", "on", "deleted"
SETTINGS = (OFF, ON, DELETED)
INTEGRITY_ZONE = "Zona Integritas"
# How many statements more an action may need when the scripts are on: each is read once, and asks nothing again.
MORE_STATEMENTS = 4


class ScriptCase(RequestCase):
	"""Every test leaves the bench's switch, the scripts and the cached list of scripts as they were."""

	def setUp(self):
		self.addCleanup(server_scripts.forget_script_map)
		self.addCleanup(frappe.db.rollback)

	def use(self, setting):
		"""The shipped scripts as an administrator may have them."""
		setup.server_scripts.restore()
		server_scripts.switch(disabled=int(setting != ON))
		if setting == DELETED:
			setup.server_scripts.remove()


class TestShippedScripts(ScriptCase):
	def in_each_setting(self, check):
		"""What a check returns with the scripts on, off and deleted; each time it starts from the same records."""
		results = []
		for setting in SETTINGS:
			with self.subTest(setting):
				self.use(setting)
				results.append(check())
				# What would follow the rollback of a stored request: here it goes with the rollback.
				frappe.db.after_rollback.reset()
				frappe.db.rollback()
		return results

	def change_role(self):
		frappe.db.set_value("Employee", self.employee.name, "designation", COUNTER)

	def test_the_fifth_day_is_refused_with_the_scripts_on_off_and_deleted(self):
		def fifth_day():
			applied(self.employee, WEEK[:4])
			with self.assertRaises(QuotaExceeded) as refused:
				draft(self.employee, WEEK[4:])
			return str(refused.exception)

		first, *others = self.in_each_setting(fifth_day)
		self.assertIn("limit 4, used 4, asked 1", first)
		self.assertEqual(others, [first] * 2)

	def test_an_excluded_role_is_denied_by_record_with_the_scripts_on_off_and_deleted(self):
		def application():
			self.change_role()
			request = applied(self.employee, WEEK[:2])
			return request.status, request.docstatus, request.outcome, request.failed_gates, days_of(request)

		self.assertEqual(self.in_each_setting(application), [("Denied", 0, "Not Eligible", "Role", [])] * 3)

	def test_a_role_excluded_by_then_is_not_approved_with_the_scripts_on_off_and_deleted(self):
		def approval():
			request = applied(self.employee, WEEK[:2])
			self.change_role()
			with self.assertRaises(ApprovalRefused) as refused:
				act(request, "Approve", self.boss.user_id)
			return str(refused.exception).replace(request.name, "")

		first, *others = self.in_each_setting(approval)
		self.assertIn("no longer met (Role)", first)
		self.assertEqual(others, [first] * 2)

	def test_enabled_scripts_cost_a_few_statements(self):
		counts = {setting: self.statements_of_one_request(setting) for setting in (OFF, ON)}
		print(f"\nSQL statements with the shipped Server Scripts: {counts}")
		for action, count in counts[OFF].items():
			self.assertLessEqual(counts[ON][action], count + MORE_STATEMENTS, action)

	def statements_of_one_request(self, setting):
		self.use(setting)
		# The first round only fills the caches.
		for days in (WEEK[:1], WEEK[1:3]):
			with counted_statements() as insert:
				request = draft(self.employee, days)
			with counted_statements() as apply:
				request = act(request, "Apply", self.employee.user_id)
			with counted_statements() as approve:
				request = act(request, "Approve", self.boss.user_id)
		self.assertEqual(request.status, "Approved")
		frappe.db.rollback()
		return {"insert": len(insert), "apply": len(apply), "approve": len(approve)}


class TestTheSwitch(ScriptCase):
	def test_without_the_bench_flag_a_save_succeeds_and_switches_the_scripts_off(self):
		self.use(ON)
		frappe.clear_messages()
		with bench_without_scripts():
			request = applied(self.employee, WEEK[:1])
		self.assertEqual(request.status, "Pending Approval")
		self.assertEqual(server_scripts.enabled_scripts(), set())
		warnings = [
			message for message in frappe.get_message_log() if "were switched off" in message["message"]
		]
		self.assertEqual([warning["indicator"] for warning in warnings], ["orange"])

	def test_without_the_flag_an_officer_is_told_the_command_that_sets_it(self):
		self.use(OFF)
		with bench_without_scripts(), acting_as(officer()):
			self.assertFalse(server_scripts.status()["supported"])
			with self.assertRaisesRegex(
				frappe.ValidationError, "bench set-config -g server_script_enabled 1"
			):
				server_scripts.enable()
		self.assertEqual(self.disabled(), [1, 1])

	def test_an_officer_switches_and_restores_the_scripts_and_nobody_else_does(self):
		self.use(DELETED)
		with acting_as(officer()):
			self.press("restore", "enable")
			self.assertEqual(self.states(), [(True, True)] * 2)
			self.press("disable")
			self.assertEqual(self.states(), [(True, False)] * 2)
		for user in (self.employee.user_id, self.boss.user_id):
			with acting_as(user):
				for button in ("restore", "enable", "disable", "status"):
					self.assertRaises(frappe.PermissionError, self.press, button)

	def press(self, *buttons):
		"""As the settings form calls them: `only_for` says nothing while tests run."""
		frappe.flags.in_test = False
		try:
			for button in buttons:
				frappe.call(f"mkd_hrms.setup.server_scripts.{button}")
		finally:
			frappe.flags.in_test = True

	def states(self):
		return [(script["exists"], script["enabled"]) for script in server_scripts.status()["scripts"]]

	def disabled(self):
		return frappe.get_all(
			"Server Script", filters={"name": ("in", list(server_scripts.SCRIPTS))}, pluck="disabled"
		)


class TestAnAgencysOwnGate(ScriptCase):
	def test_a_failing_gate_of_the_agency_denies_and_explains_itself(self):
		self.agency_script("Fail", actual="Belum WBK", limit="WBK")
		request = applied(self.employee, WEEK[:1])
		self.assertEqual((request.status, request.failed_gates), ("Denied", INTEGRITY_ZONE))
		finding = self.explained(request)
		self.assertEqual(finding["verdict"], "Fail")
		self.assertIn("Unit belum berstatus WBK.", finding["sentence"])
		self.assertIn("SK 7/2026", finding["sentence"])

	def test_an_unknown_gate_of_the_agency_goes_to_hr(self):
		self.agency_script("Unknown")
		request = applied(self.employee, WEEK[:1])
		self.assertEqual((request.status, request.unknown_gates), ("Pending HR Review", INTEGRITY_ZONE))

	def test_a_passing_gate_of_the_agency_is_on_record(self):
		self.agency_script("Pass")
		request = applied(self.employee, WEEK[:1])
		self.assertEqual(request.status, "Pending Approval")
		self.assertEqual(self.explained(request)["verdict"], "Pass")
		self.assertEqual(act(request, "Approve", self.boss.user_id).status, "Approved")

	def test_the_gate_of_the_agency_is_one_among_others(self):
		self.agency_script("Fail")
		request = applied(self.person(designation=COUNTER), WEEK[:1])
		self.assertEqual(request.failed_gates, f"Role, {INTEGRITY_ZONE}")

	def test_a_gate_of_the_agency_that_fails_by_then_denies(self):
		request = applied(self.person(), WEEK[:1])
		frappe.db.commit()
		self.agency_script("Fail")
		frappe.db.commit()
		with self.assertRaises(ApprovalRefused):
			act(request, "Approve", self.boss.user_id)
		frappe.db.rollback()
		stored = frappe.get_doc(REQUEST, request.name)
		self.assertEqual((stored.status, stored.failed_gates), ("Denied", INTEGRITY_ZONE))

	def test_the_gate_may_look_at_the_request(self):
		condition = f"if doc.designation == '{ANALYST}' and len(doc.dates) > 1:\n\t"
		self.agency_script("Fail", condition=condition)
		self.assertEqual(applied(self.employee, WEEK[:1]).status, "Pending Approval")
		self.assertEqual(applied(self.employee, WEEK[1:3]).status, "Denied")

	def test_a_finding_without_gate_source_and_sentence_is_refused(self):
		self.agency_script("Fail", source="")
		self.assertRaisesRegex(frappe.ValidationError, "needs a gate", draft, self.employee, WEEK[:1])

	def test_the_example_of_the_documentation_works_as_it_stands(self):
		self.script(documented_example(), "Before Validate")
		self.assertEqual(applied(self.employee, WEEK[:1]).status, "Pending Approval")
		request = applied(self.employee, WEEK[1:3])
		self.assertEqual((request.status, request.failed_gates), ("Denied", INTEGRITY_ZONE))
		self.assertIn("Unit belum berstatus WBK.", self.explained(request)["sentence"])

	def test_a_script_cannot_approve_or_skip_a_state(self):
		request = applied(self.employee, WEEK[:1])
		for event in ("Before Validate", "Before Save"):
			with self.subTest(event):
				script = self.script("doc.status = 'Approved'", event)
				with acting_as(self.boss.user_id), self.assertRaises(MoveNotAllowed):
					frappe.get_doc(REQUEST, request.name).save()
				self.assertEqual([day.status for day in days_of(request)], ["Pending"])
				script.delete()

	def agency_script(self, verdict, condition="", source="SK 7/2026", **values):
		"""The example of the documentation, with the verdict that a test needs."""
		told = {
			"gate": INTEGRITY_ZONE,
			"verdict": verdict,
			"source": source,
			"note": "Unit belum berstatus WBK.",
			**values,
		}
		arguments = ", ".join(f"{name}={value!r}" for name, value in told.items())
		self.script(f"{condition}doc.add_finding({arguments})", "Before Validate")

	def script(self, code, event):
		values = {
			"doctype": "Server Script",
			"name": frappe.generate_hash(length=10),
			"script_type": "DocType Event",
			"reference_doctype": REQUEST,
			"doctype_event": event,
			"script": code,
		}
		script = frappe.get_doc(values).insert()
		self.addCleanup(self.delete, script)
		return script

	def delete(self, script):
		frappe.set_user("Administrator")
		frappe.delete_doc_if_exists("Server Script", script.name)
		frappe.db.commit()

	def explained(self, request):
		with acting_as(self.employee.user_id):
			findings = explain(request.name)["findings"]
		return next(finding for finding in findings if finding["gate"] == INTEGRITY_ZONE)


def documented_example():
	"""The first Python block of the documentation, which stands beside the app in its repository."""
	text = Path(__file__).resolve().parents[3].joinpath("docs", "server-scripts.md").read_text()
	return text.partition("```python\n")[2].partition("```")[0]


@contextmanager
def counted_statements():
	"""The statements that reach the database meanwhile."""
	statements, original = [], frappe.db.__class__.sql

	def sql(database, *args, **kwargs):
		statements.append(args[0] if args else None)
		return original(database, *args, **kwargs)

	frappe.db.__class__.sql = sql
	try:
		yield statements
	finally:
		frappe.db.__class__.sql = original
