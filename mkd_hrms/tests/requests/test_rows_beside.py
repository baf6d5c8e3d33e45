"""What the platform leaves beside a request at each move: rows where nobody hears the difference, documents where somebody does."""

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.platform import listeners
from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.names import DIGITS
from mkd_hrms.tests.support.factories import act, applied
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.whole_way import as_outside_a_test

ACTION, COMMENT, VERSION = BESIDE = ("Workflow Action", "Comment", "Version")
# By DocType of what listens, how it is set up for another DocType.
RULES = {
	"Milestone Tracker": lambda doctype: {"document_type": doctype, "track_field": "owner"},
	"Assignment Rule": lambda doctype: {
		"__newname": f"Whoever follows {doctype}",
		"document_type": doctype,
		"description": "x",
		"assign_condition": "False",
		"rule": "Round Robin",
		"users": [{"user": "Administrator"}],
		"assignment_days": [{"day": "Monday"}],
	},
	"Energy Point Rule": lambda doctype: {
		"rule_name": f"Points for {doctype}",
		"reference_doctype": doctype,
		"for_doc_event": "New",
		"user_field": "owner",
		"points": 1,
	},
	"Webhook": lambda doctype: {
		"__newname": f"Whoever asks for {doctype}",
		"webhook_doctype": doctype,
		"webhook_docevent": "after_insert",
		"condition": "False",
		"request_url": "https://example.org/x",
	},
	"Notification": lambda doctype: {
		"__newname": f"Told of {doctype}",
		"document_type": doctype,
		"event": "New",
		"channel": "System Notification",
		"subject": "Told of it",
		"message": "x",
		"recipients": [{"receiver_by_role": "System Manager"}],
	},
}


# What the platform keeps of all that in its cache, which no rollback undoes.
KEPT = ("notifications", "webhooks", "assignment_rule_map", "milestone_tracker_map", "energy_point_rule_map")


class ListenersCase(RequestCase):
	def tearDown(self):
		super().tearDown()
		for key in KEPT:
			frappe.cache.delete_value(key)


class TestListeners(ListenersCase):
	def test_whoever_begins_to_listen_is_heard_at_once_and_no_longer_than_he_does(self):
		for kind, values in RULES.items():
			for doctype in BESIDE:
				with self.subTest(kind=kind, doctype=doctype):
					self.assertFalse(is_heard(doctype, INSERTED))
					rule = frappe.get_doc({"doctype": kind, **values(doctype)}).insert()
					self.assertTrue(is_heard(doctype, INSERTED))
					rule.delete()
					frappe.cache.delete_value("webhooks")
					self.assertFalse(is_heard(doctype, INSERTED))

	def test_what_is_undone_listens_no_more(self):
		frappe.db.commit()
		frappe.get_doc({"doctype": "Notification", **RULES["Notification"](COMMENT)}).insert()
		self.assertTrue(is_heard(COMMENT, INSERTED))
		frappe.db.rollback()
		self.assertFalse(is_heard(COMMENT, INSERTED))

	def test_it_is_not_asked_for_in_every_save(self):
		listeners.forget()
		for doctype in BESIDE:
			is_heard(doctype, INSERTED)
		frappe.local.cache = {}
		asked = []
		run, frappe.db.sql = frappe.db.sql, lambda query, *rest, **more: asked.append(query)
		try:
			for doctype in BESIDE:
				is_heard(doctype, INSERTED)
		finally:
			frappe.db.sql = run
		self.assertEqual(asked, [])


class TestBeside(ListenersCase):
	def left(self, digits):
		"""What an application and its approval leave: by DocType the rows, without names and times.

		Documents have names of so many digits as the platform gives, and rows those of ours.
		"""
		with as_outside_a_test():
			request = act(applied(self.person(), WEEK[:1]), "Approve", self.boss.user_id)
		for doctype, name in ((ACTION, "reference_name"), (COMMENT, "reference_name"), (VERSION, "docname")):
			names = frappe.get_all(doctype, {name: request.name}, pluck="name")
			self.assertEqual({len(each) for each in names}, {digits}, doctype)
		about = {"reference_doctype": REQUEST, "reference_name": request.name}
		actions = frappe.get_all(
			ACTION, about, ["name", "workflow_state", "status", "idx", "docstatus"], order_by="workflow_state"
		)
		for action in actions:
			rows = {"parent": action.pop("name"), "parenttype": ACTION, "parentfield": "permitted_roles"}
			action.roles = frappe.get_all(
				"Workflow Action Permitted Role", rows, ["idx", "role"], order_by="idx"
			)
		comments = frappe.get_all(
			COMMENT,
			about,
			["comment_type", "content", "comment_email", "published", "seen", "docstatus"],
			order_by="content",
		)
		for comment in comments:
			comment.comment_email = comment.comment_email == request.employee_user
		versions = frappe.get_all(VERSION, {"ref_doctype": REQUEST, "docname": request.name}, ["data"])
		changed = [
			sorted(entry[0] for entry in frappe.parse_json(version.data)["changed"]) for version in versions
		]
		return {ACTION: actions, COMMENT: comments, VERSION: sorted(changed)}

	def test_rows_say_what_documents_would(self):
		self.person()
		as_rows = self.left(DIGITS)
		for doctype in BESIDE:
			frappe.get_doc({"doctype": "Notification", **RULES["Notification"](doctype)}).insert()
		as_documents = self.left(10)
		self.assertEqual(as_rows, as_documents)
		for doctype in BESIDE:
			self.assertTrue(as_rows[doctype], doctype)
