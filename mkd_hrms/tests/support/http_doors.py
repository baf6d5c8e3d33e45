"""The ways into the platform beside the form: what can be called, and what must not come of it."""

import json

from mkd_hrms.constants import DAY, ELIGIBILITY, REQUEST
from mkd_hrms.tests.support.http_world import HTTPCase, browser, days_of, plain, stored
from mkd_hrms.tests.support.live_server import messages

APPROVED_BY_HAND = {"status": "Approved", "workflow_state": "Approved", "docstatus": 1}


def approvals(name, changed):
	"""Functions of the platform that could bring a request to another state, as (function, arguments)."""
	doc = plain({**stored(name).as_dict(no_nulls=True), **changed})
	key = {"doctype": REQUEST, "name": name}
	workflow = "frappe.model.workflow."
	bulk_update = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
	return [
		(f"{workflow}apply_workflow", {"doc": json.dumps(doc), "action": "Approve"}),
		(f"{workflow}bulk_workflow_approval", {"docnames": [name], "doctype": REQUEST, "action": "Approve"}),
		("frappe.client.submit", {"doc": doc}),
		("frappe.client.save", {"doc": doc}),
		("frappe.client.set_value", {**key, "fieldname": changed}),
		(
			"frappe.client.bulk_update",
			{"docs": json.dumps([{"doctype": REQUEST, "docname": name, **changed}])},
		),
		("frappe.desk.form.save.savedocs", {"doc": json.dumps(doc), "action": "Submit"}),
		("frappe.desk.form.save.savedocs", {"doc": json.dumps(doc), "action": "Save"}),
		(bulk_update, {"doctype": REQUEST, "docnames": [name], "action": "submit"}),
		(bulk_update, {"doctype": REQUEST, "docnames": [name], "action": "update", "data": changed}),
		("run_doc_method", {"dt": REQUEST, "dn": name, "method": "submit"}),
		("run_doc_method", {"docs": json.dumps(doc), "method": "submit"}),
	]


def about_one(name):
	"""Functions that answer about one document, as (function, arguments)."""
	key, named = {"doctype": REQUEST, "name": name}, {"doctype": REQUEST, "docname": name}
	link = {"fieldname": ["status", "failed_gates", "findings", "employee_name"], "filters": name}
	return [
		("frappe.client.get", key),
		("frappe.client.get_value", {"doctype": REQUEST, **link}),
		("frappe.desk.form.load.getdoc", key),
		("frappe.desk.form.load.get_docinfo", key),
		("frappe.desk.form.load.get_communications", key),
		("frappe.desk.form.linked_with.get", named),
		("frappe.desk.form.linked_with.get_submitted_linked_docs", key),
		("frappe.desk.notifications.get_open_count", key),
		("frappe.model.workflow.get_transitions", {"doc": json.dumps(key)}),
		("frappe.www.printview.get_html_and_style", {"doc": REQUEST, "name": name}),
		("frappe.utils.print_format.download_pdf", key),
		("run_doc_method", {"dt": REQUEST, "dn": name, "method": "validate_quota"}),
		("mkd_hrms.api.explain", {"request": name}),
		("mkd_hrms.api.fair_order", {"request": name}),
	]


def about_many():
	"""Functions that answer about many documents."""
	fields = ["name", "employee_name", "status", "failed_gates", "findings"]
	export = {"file_format_type": "CSV", "title": "x", "fields": json.dumps(fields)}
	template = {"export_records": "all", "file_type": "CSV", "export_fields": json.dumps({REQUEST: fields})}
	group = {"current_filters": "[]", "field": "failed_gates"}
	return [
		("frappe.client.get_list", {"doctype": REQUEST, "fields": fields}),
		("frappe.client.get_list", {"doctype": DAY, "fields": ["*"]}),
		("frappe.client.get_list", {"doctype": ELIGIBILITY, "fields": ["*"]}),
		("frappe.desk.reportview.get", {"doctype": REQUEST, "fields": fields}),
		("frappe.desk.reportview.export_query", {"doctype": REQUEST, **export}),
		("frappe.core.doctype.data_import.data_import.download_template", {"doctype": REQUEST, **template}),
		("frappe.desk.listview.get_group_by_count", {"doctype": REQUEST, **group}),
		("frappe.desk.search.search_link", {"doctype": REQUEST, "txt": "MKD"}),
		("frappe.desk.search.search_link", {"doctype": DAY, "txt": ""}),
		("frappe.utils.global_search.search", {"text": "Rahasia"}),
		("frappe.utils.global_search.search", {"text": "MKD-REQ"}),
	]


class BypassCase(HTTPCase):
	def does_nothing(self, name, ask, /, *arguments, **named):
		"""Whatever was answered, the stored request, its rows and its days are what they were."""
		before, days = stored(name).as_dict(), days_of(name)
		response = ask(*arguments, **named)
		self.assertEqual(stored(name).as_dict(), before, messages(response))
		self.assertEqual(days_of(name), days)
		return response

	def gets_nowhere(self, user, name, changed=APPROVED_BY_HAND):
		"""No function approves the request for this user, and no address of the REST interface does."""
		client = browser(user)
		for function, arguments in approvals(name, changed):
			with self.subTest(function, user=user):
				response = self.does_nothing(name, client.call, function, **arguments)
				# These answer for many documents at once and list what they could not do.
				if "bulk" not in function:
					self.refused(response)
		path = f"/api/resource/{REQUEST}/{name}"
		for ask, address, values in (
			(client.put, path, changed),
			(client.put, f"/api/v2/document/{REQUEST}/{name}", changed),
			(client.post, path, {"run_method": "submit"}),
			(client.post, f"/api/v2/document/{REQUEST}/{name}/method/submit", {}),
		):
			with self.subTest(address, user=user):
				self.refused(self.does_nothing(name, ask, address, **values))

	def stays(self, user, name):
		"""No function deletes, renames or cancels the request for this user."""
		client, key = browser(user), {"doctype": REQUEST, "name": name}
		for function, arguments in (
			("frappe.client.delete", key),
			("frappe.client.cancel", key),
			("frappe.desk.form.save.cancel", key),
			("frappe.client.rename_doc", {"doctype": REQUEST, "old_name": name, "new_name": "MKD-REQ-OURS"}),
			("run_doc_method", {"dt": REQUEST, "dn": name, "method": "rename", "args": '["MKD-REQ-OURS"]'}),
		):
			with self.subTest(function, user=user):
				self.refused(self.does_nothing(name, client.call, function, **arguments))
		with self.subTest("DELETE", user=user):
			self.refused(self.does_nothing(name, client.delete, f"/api/resource/{REQUEST}/{name}"))
