"""What Frappe finds under our dotted names: the doors of the permissions, and the methods that a browser calls."""

import re
from pathlib import Path

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.tests.utils import FrappeTestCase

from mkd_hrms import permissions
from mkd_hrms.constants import APP
from mkd_hrms.tests.support.people import acting_as, make_employee

PACKAGE = Path(frappe.get_app_path(APP))
CALLED = re.compile(r"""["'`](?:/api/method/)?(mkd_hrms(?:\.\w+)+)""")
SWITCH = {"status": {"GET", "POST"}, "enable": {"POST"}, "disable": {"POST"}, "restore": {"POST"}}


class TestDoors(FrappeTestCase):
	def test_every_doctype_that_has_a_rule_has_its_door_and_no_other_has(self):
		for hook, door, table in (
			("permission_query_conditions", "mkd_hrms.permissions.condition", permissions.CONDITIONS),
			("has_permission", "mkd_hrms.permissions.may", permissions.RULES),
		):
			with self.subTest(hook):
				found = frappe.get_hooks(hook, app_name=APP)
				self.assertEqual(found, {doctype: [door] for doctype in table})

	def test_what_the_doors_say_is_what_frappe_adds_to_a_list(self):
		user = make_employee(with_user=True).user_id
		for doctype, visible in permissions.CONDITIONS.items():
			with self.subTest(doctype), acting_as(user):
				condition = visible(user, doctype)
				asked = DatabaseQuery(doctype, user=user).get_permission_query_conditions()
				self.assertIn(condition, asked)
				frappe.db.sql(f"select 1 from `tab{doctype}` where {condition or '1 = 1'} limit 1")

	def test_a_list_of_which_nothing_is_known_is_not_left_open(self):
		with self.assertRaises(KeyError):
			permissions.condition("Guest", "ToDo")


class TestWhatABrowserCalls(FrappeTestCase):
	def test_all_of_it_is_whitelisted(self):
		named = {
			name
			for kind in ("*.js", "*.html")
			for path in PACKAGE.rglob(kind)
			for name in CALLED.findall(path.read_text(encoding="utf-8"))
		}
		replaced = frappe.get_hooks("override_whitelisted_methods", app_name=APP)
		for name in sorted(named.union(*replaced.values())):
			with self.subTest(name):
				frappe.is_whitelisted(frappe.get_attr(name))

	def test_the_switch_of_the_server_scripts_keeps_its_public_paths_and_ways_to_call_them(self):
		for name, ways in SWITCH.items():
			with self.subTest(name):
				method = frappe.get_attr(f"mkd_hrms.setup.server_scripts.{name}")
				frappe.is_whitelisted(method)
				self.assertEqual(
					set(frappe.allowed_http_methods_for_whitelisted_func[method]) & {"GET", "POST"}, ways
				)
