"""What installing creates, and that doing it again changes nothing. The full cycle: scripts/install_cycle.py."""

import sys
import sysconfig
from importlib.metadata import distribution, distributions
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.model.workflow import get_workflow
from frappe.tests.utils import FrappeTestCase

from mkd_hrms import setup
from mkd_hrms.constants import (
	APPROVED,
	COMPLETED,
	DAY,
	DENIED,
	DRAFT,
	FOR_PROGRAMS,
	MODULE,
	OUR_ROLES,
	POLICY,
	QUOTA_SCRIPT,
	REJECTED,
	REQUEST,
	SELF_SERVICE,
	WORKFLOW,
)
from mkd_hrms.custom_fields import CUSTOM_FIELDS
from mkd_hrms.services.platform import server_scripts
from mkd_hrms.setup import indexes, policies, version_gate
from mkd_hrms.tests.support.people import make_employee, store_row

CREATED = {
	"Custom Field": ["name", "label", "insert_after", "modified"],
	"Custom DocPerm": ["name", "modified"],
	"Has Role": ["name"],
	"Role": ["name", "modified"],
	"Workflow": ["name", "modified"],
	"Workflow State": ["name", "modified"],
	"Workflow Action Master": ["name", "modified"],
	"Server Script": ["name", "modified"],
	"Employment Type": ["name", "modified"],
	"User Document Type": ["name", "modified"],
	POLICY: ["name", "modified"],
}


class TestInstall(FrappeTestCase):
	def test_a_second_sync_changes_nothing(self):
		setup.sync()
		before = self.rows()
		setup.sync()
		self.assertEqual(self.rows(), before)

	def rows(self):
		return {
			doctype: frappe.get_all(doctype, fields=fields, order_by="name", as_list=True)
			for doctype, fields in CREATED.items()
		}

	def test_sync_keeps_what_an_officer_edited(self):
		frappe.db.set_value("Custom Field", "Employee-mkd_nip", "label", "Nomor Induk")
		frappe.db.set_value("Workflow", WORKFLOW, "is_active", 0)
		setup.sync()
		self.assertEqual(frappe.db.get_value("Custom Field", "Employee-mkd_nip", "label"), "Nomor Induk")
		self.assertEqual(frappe.db.get_value("Workflow", WORKFLOW, "is_active"), 0)

	def test_every_custom_field_belongs_to_our_module_and_has_a_column(self):
		for doctype, fields in CUSTOM_FIELDS.items():
			for field in fields:
				with self.subTest(field["fieldname"]):
					name = f"{doctype}-{field['fieldname']}"
					self.assertEqual(frappe.db.get_value("Custom Field", name, "module"), MODULE)
					self.assertTrue(frappe.db.has_column(doctype, field["fieldname"]))

	def test_our_roles_open_the_desk_but_for_those_of_programs(self):
		for role in OUR_ROLES:
			desk = int(role not in FOR_PROGRAMS)
			self.assertEqual(frappe.db.get_value("Role", role, ["desk_access", "disabled"]), (desk, 0))

	def test_a_submitted_policy_is_seeded(self):
		seed = frappe.get_doc(POLICY, {"pack": "jabar-2023"})
		self.assertEqual((seed.docstatus, seed.company), (1, None))

	def test_self_service_users_may_apply(self):
		rights = frappe.db.get_value(
			"User Document Type",
			{"parent": SELF_SERVICE, "document_type": REQUEST},
			["read", "write", "create", "submit"],
		)
		self.assertEqual(rights, (1, 1, 1, 0))

	def test_an_employment_type_in_use_stays_when_the_app_goes(self):
		name = frappe.generate_hash(length=8)
		frappe.get_doc({"doctype": "Employment Type", "employee_type_name": name}).insert()
		self.assertFalse(policies.is_used(name))
		make_employee(employment_type=name)
		self.assertTrue(policies.is_used(name))

	def test_every_hook_leads_somewhere(self):
		for hook in ("before_install", "before_migrate", "after_sync", "after_migrate", "before_uninstall"):
			for path in frappe.get_hooks(hook, app_name="mkd_hrms"):
				self.assertTrue(callable(frappe.get_attr(path)))


class TestLibraries(FrappeTestCase):
	"""What is tried here is tried with what the bench serves people with; the suite brings along only what is missing."""

	def setUp(self):
		self.folder = Path(sysconfig.get_path("purelib"))

	def test_whoever_asks_for_a_library_of_the_bench_gets_the_one_of_the_bench(self):
		theirs = {found.name: found.version for found in distributions(path=[str(self.folder)])}
		self.assertIn("python-dateutil", theirs)
		for name, version in theirs.items():
			with self.subTest(name):
				found = distribution(name)
				self.assertEqual((found.version, Path(found.locate_file(""))), (version, self.folder))

	def test_no_module_of_the_bench_was_loaded_from_elsewhere(self):
		loaded = [
			(name, Path(module.__file__))
			for name, module in sorted(sys.modules.items())
			if "." not in name and getattr(module, "__file__", None) and self.is_theirs(name)
		]
		self.assertIn("dateutil", dict(loaded))
		elsewhere = [(name, str(path)) for name, path in loaded if self.folder not in path.parents]
		self.assertEqual(elsewhere, [])

	def is_theirs(self, name):
		return (self.folder / name).is_dir() or (self.folder / f"{name}.py").exists()


class TestVersionGate(FrappeTestCase):
	def test_the_installed_platform_passes(self):
		version_gate.check()

	def test_another_major_version_is_named(self):
		versions = {"frappe": "15.103.0", "erpnext": "16.0.1", "hrms": None}
		with patch.object(version_gate, "version_of", versions.get):
			with self.assertRaisesRegex(frappe.ValidationError, "ERPNext: 16.0.1, Frappe HR: not found"):
				version_gate.check()


class TestWorkflow(FrappeTestCase):
	def test_a_plain_submit_lands_on_rejected(self):
		states = get_workflow(REQUEST).states
		self.assertEqual(states[0].state, DRAFT)
		self.assertEqual(next(row.state for row in states if row.doc_status == "1"), REJECTED)

	def test_each_state_writes_the_status_of_the_same_name(self):
		options = frappe.get_meta(REQUEST).get_field("status").options.split("\n")
		states = get_workflow(REQUEST).states
		self.assertEqual([row.state for row in states], options)
		for row in states:
			self.assertEqual((row.update_field, row.update_value), ("status", row.state))

	def test_nothing_leads_out_of_a_denial_or_a_completed_request(self):
		sources = {row.state for row in get_workflow(REQUEST).transitions}
		self.assertFalse(sources & {DENIED, COMPLETED, REJECTED})

	def test_nobody_may_approve_what_he_created(self):
		decisions = [
			row for row in get_workflow(REQUEST).transitions if row.next_state in (APPROVED, REJECTED)
		]
		self.assertTrue(decisions)
		self.assertFalse([row.idx for row in decisions if row.allow_self_approval])


class TestLedgerKeys(FrappeTestCase):
	def setUp(self):
		self.employee = make_employee().name
		self.person = frappe.generate_hash(length=18)

	def book(self, mkd_date, slot, person=None):
		values = {"mkd_date": mkd_date, "iso_week": "2026-W48", "slot": slot, "status": "Pending"}
		return store_row(DAY, self.employee, person=person, **values)

	def test_a_slot_of_a_week_is_given_once(self):
		self.book("2026-11-23", 1, self.person)
		with self.assertRaises(frappe.UniqueValidationError):
			self.book("2026-11-24", 1, self.person)

	def test_a_date_is_used_once(self):
		self.book("2026-11-23", 1, self.person)
		with self.assertRaises(frappe.UniqueValidationError):
			self.book("2026-11-23", 2, self.person)

	def test_released_days_do_not_collide(self):
		self.book("2026-11-23", 1)
		self.book("2026-11-23", 1)

	def test_nobody_keeps_the_ledger_by_hand(self):
		day = self.book("2026-11-23", 1, self.person)
		with self.assertRaisesRegex(frappe.PermissionError, "kept by the system"):
			frappe.get_doc(DAY, day.name).save()
		with self.assertRaisesRegex(frappe.PermissionError, "kept by the system"):
			frappe.delete_doc(DAY, day.name)


class TestServerScripts(FrappeTestCase):
	def tearDown(self):
		setup.server_scripts.restore()
		server_scripts.switch(disabled=1)

	def supported(self, answer):
		return patch.object(server_scripts, "is_supported", return_value=answer)

	def test_they_come_disabled(self):
		states = frappe.get_all("Server Script", filters={"module": MODULE}, pluck="disabled")
		self.assertEqual(states, [1, 1])

	def test_enabling_needs_a_bench_that_runs_scripts(self):
		with self.supported(False), self.assertRaisesRegex(frappe.ValidationError, "bench set-config -g"):
			server_scripts.enable()
		with self.supported(True):
			server_scripts.enable()
		self.assertEqual(server_scripts.enabled_scripts(), set(server_scripts.SCRIPTS))

	def test_they_switch_themselves_off_where_the_bench_forbids_them(self):
		server_scripts.switch(disabled=0)
		with self.supported(True):
			server_scripts.disable_ours_where_unsupported()
		self.assertTrue(server_scripts.enabled_scripts())
		with self.supported(False):
			server_scripts.disable_ours_where_unsupported()
		self.assertFalse(server_scripts.enabled_scripts())

	def test_the_usual_save_asks_the_database_nothing(self):
		server_scripts.enabled_scripts()
		with self.assertQueryCount(0):
			server_scripts.disable_ours_where_unsupported()

	def test_a_deleted_script_stays_deleted_until_it_is_restored(self):
		frappe.delete_doc("Server Script", QUOTA_SCRIPT)
		setup.server_scripts.sync()
		self.assertFalse(frappe.db.exists("Server Script", QUOTA_SCRIPT))
		setup.server_scripts.restore()
		self.assertTrue(frappe.db.exists("Server Script", QUOTA_SCRIPT))

	def test_an_edited_script_is_not_overwritten(self):
		frappe.db.set_value("Server Script", QUOTA_SCRIPT, "script", "pass")
		setup.server_scripts.sync()
		setup.server_scripts.restore()
		self.assertEqual(frappe.db.get_value("Server Script", QUOTA_SCRIPT, "script"), "pass")


class TestIndexes(FrappeTestCase):
	def names(self):
		return {
			(doctype, name): columns
			for doctype, of in indexes.INDEXES.items()
			for name, columns in of.items()
		}

	def there(self):
		return {key: indexes.columns_of(*key) for key in self.names()}

	def test_every_index_is_there_and_ours_by_name(self):
		self.assertEqual(self.there(), self.names())
		self.assertTrue(all(name.startswith("mkd_") for _doctype, name in self.names()))

	def test_the_platform_keeps_them_and_its_own_when_it_synchronises_the_tables(self):
		before = self.all_indexes()
		for doctype in indexes.INDEXES:
			frappe.db.updatedb(doctype)
		self.assertEqual(before - self.all_indexes(), set())
		self.assertEqual(self.there(), self.names())

	def all_indexes(self):
		query = """
			select table_name, index_name, seq_in_index, column_name from information_schema.statistics
			where table_schema = database() and table_name in %s
		"""
		return set(frappe.db.sql(query, (tuple(f"tab{doctype}" for doctype in indexes.INDEXES),)))

	def test_an_index_of_other_columns_is_built_anew(self):
		self.addCleanup(indexes.sync)
		indexes.drop("Travel Request", "mkd_employee")
		frappe.db.add_index("Travel Request", ["employee", "company"], "mkd_employee")
		indexes.sync()
		self.assertEqual(self.there(), self.names())
