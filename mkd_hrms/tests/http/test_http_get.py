"""Whoever fetches an address changes nothing of ours: no link in a mail, no image in a page decides for who is logged in."""

import json

import frappe

from mkd_hrms.constants import APP, MODULE, REQUEST
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import (
	DECIDERS,
	browser,
	days_of,
	head,
	open_house,
	stored,
	subordinate,
	week,
)
from mkd_hrms.tests.support.whitelisted import functions, other_addresses

setUpModule = open_house

# What the platform keeps about a document, beside its own row.
BESIDE = "Comment, Communication, Deleted Document, DocShare, Document Follow, File, Tag Link, ToDo, Version, Workflow Action"
WORKFLOW = "frappe.model.workflow."
BULK_UPDATE = "frappe.desk.doctype.bulk_update."
# How functions are called that only read.
READING = ("get", "is", "has", "can", "check", "search", "export", "download", "query", "validate")
# What a search behind a link field is asked for.
SEARCHED = ("txt", "searchfield")


class TestGet(ReportingCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case = cls()
		cls.employee, cls.bystander = subordinate(), subordinate()
		cls.draft = case.drafted(cls.employee, week(1)[:1])
		cls.pending = case.applied(cls.employee, week()[:2])
		cls.day = days_of(cls.pending)[0].name
		cls.tables = ", ".join(f"`tab{name}`" for name in (*ours(), *BESIDE.split(", ")))

	def state(self):
		"""What stands in our tables and beside them."""
		frappe.db.rollback()
		return dict(frappe.db.sql(f"checksum table {self.tables}"))

	def boss(self):
		"""The superior, who also has every role that decides."""
		frappe.get_doc("User", head().user_id).add_roles(*DECIDERS)
		frappe.db.commit()
		return head().user_id

	def changed_by(self, user, name, arguments):
		before = self.state()
		browser(user).get(f"/api/method/{name}", **arguments)
		after = self.state()
		return sorted(table.partition(".")[2] for table in before if before[table] != after[table])

	def test_no_function_changes_anything(self):
		user, found, asked = self.boss(), {}, list(named_documents())
		self.assertGreater(len(asked), 50)
		for function, parameters in asked:
			arguments = filled(parameters, REQUEST, self.pending, self.bystander)
			if changed := self.changed_by(user, function, arguments):
				found[function] = changed
		self.assertEqual(found, {})

	def test_no_method_of_a_document_changes_anything(self):
		user, found = self.employee.user_id, {}
		for method in methods_of(REQUEST):
			for name, arguments in (
				("run_doc_method", {"dt": REQUEST, "dn": self.draft, "method": method}),
				("frappe.handler.run_doc_method", {"dt": REQUEST, "dn": self.draft, "method": method}),
			):
				if changed := self.changed_by(user, name, arguments):
					found[f"{name} {method}"] = changed
			before = self.state()
			browser(user).get(f"/api/resource/{REQUEST}/{self.draft}", run_method=method)
			browser(user).get(f"/api/v2/document/{REQUEST}/{self.draft}/method/{method}")
			if self.state() != before:
				found[method] = "run_method"
		self.assertEqual(found, {})

	def test_nobody_approves_by_an_address(self):
		for name, arguments in (
			("bulk_workflow_approval", {"docnames": json.dumps([self.pending]), "doctype": REQUEST}),
			("apply_workflow", {"doc": json.dumps({"doctype": REQUEST, "name": self.pending})}),
		):
			with self.subTest(name):
				response = browser(head().user_id).get(
					f"/api/method/{WORKFLOW}{name}", action="Approve", **arguments
				)
				self.refused(response)
				self.stands(self.pending, "Pending Approval", ["Pending"] * 2)

	def test_nobody_changes_many_documents_by_an_address(self):
		arguments = {"doctype": REQUEST, "docnames": json.dumps([self.draft]), "action": "update"}
		arguments["data"] = json.dumps({"reason": "Other"})
		before = stored(self.draft).reason
		name = f"{BULK_UPDATE}bulk_update.submit_cancel_or_update_docs"
		self.refused(browser(self.employee.user_id).get(f"/api/method/{name}", **arguments))
		self.refused(browser(self.employee.user_id).get("/", cmd=name, **arguments))
		self.assertEqual(stored(self.draft).reason, before)

	def test_what_ours_replaces_is_not_called_by_the_name_that_another_module_lends_it(self):
		replaced = set(frappe.get_hooks("override_whitelisted_methods", app_name=APP))
		self.assertIn(f"{WORKFLOW}apply_workflow", replaced)
		tests = f"{APP}.tests."
		lent = sorted(name for name in set(other_addresses(replaced)) if not name.startswith(tests))
		self.assertIn(f"{BULK_UPDATE}test_bulk_update.submit_cancel_or_update_docs", lent)
		client = browser(self.employee.user_id)
		for name in lent:
			for ask, path in (
				(client.get, f"/api/method/{name}"),
				(client.post, f"/api/v1/method/{name}"),
				(client.post, f"/api/v2/method/{name}"),
				(client.get, f"/api/method/ping?cmd={name}"),
			):
				with self.subTest(path):
					response = ask(path)
					self.assertEqual(response.status_code, 403)
					self.assertIn("by this name only", response.text)
		by_doctype = client.post("/api/v2/method/Appointment/add_assignment")
		self.assertEqual((by_doctype.status_code, "by this name only" in by_doctype.text), (403, True))

	def test_a_reading_by_an_address_is_logged_and_nothing_else_of_it_stays(self):
		place = {"place_latitude": -6.9, "place_longitude": 107.6}
		request, other = (self.applied(subordinate(), week()[:1], **place) for _each in range(2))
		log = {"user": head().user_id, "reference_document": ("in", (request, other))}
		before = frappe.db.count("Access Log", log)
		for name in (request, other):
			self.ok(browser(head().user_id).resource(REQUEST, name))
		frappe.db.rollback()
		self.assertEqual(frappe.db.count("Access Log", log), before + 2)


def ours():
	return frappe.get_all("DocType", {"module": MODULE, "issingle": 0, "is_virtual": 0}, pluck="name")


def named_documents():
	"""The functions that answer to GET and can be told which document is meant, or are ours."""
	for name, (parameters, methods) in sorted(functions().items()):
		own = name.startswith(f"{APP}.api.")
		told = any("doctype" in parameter or parameter in ("dt", "doc", "docs") for parameter in parameters)
		reads = name.rpartition(".")[2].split("_")[0] in READING or set(SEARCHED) <= set(parameters)
		if "GET" in methods and (own or told) and not reads:
			yield name, parameters


def filled(parameters, doctype, name, other):
	"""Arguments that mean our document, as far as the names of the parameters tell."""
	values = {"action": "Approve", "user": other.user_id, "data": json.dumps({"decision_note": "x"})}
	values |= {"assign_to": other.user_id, "following": 1, "add": "Yes", "tag": "x", "tags": '["x"]'}
	values |= {
		"doc": json.dumps({"doctype": doctype, "name": name}),
		"args": json.dumps({"doctype": doctype}),
	}
	values |= {"docs": json.dumps([{"doctype": doctype, "name": name}]), "employee": other.name}
	answers = {}
	for parameter in parameters:
		if parameter in values:
			answers[parameter] = values[parameter]
		elif "doctype" in parameter or parameter == "dt":
			answers[parameter] = doctype
		elif parameter in ("docnames", "names", "items", "mkd_days", "requests"):
			answers[parameter] = json.dumps([name])
		elif parameter in ("dn", "request", "mkd_day") or "name" in parameter:
			answers[parameter] = name
		elif parameter in ("content", "comment", "description", "reason", "reply", "subject", "text"):
			answers[parameter] = "x"
	return answers


def methods_of(doctype):
	"""The methods of our documents that a browser may call."""
	controller = frappe.get_doc({"doctype": doctype})
	return [
		name
		for name in dir(type(controller))
		if getattr(getattr(type(controller), name), "__func__", getattr(type(controller), name))
		in frappe.whitelisted
	]
