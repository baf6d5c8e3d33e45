"""Functions of the platform that ask nobody who may read what: each is tried as a colleague tries it (rule P3)."""

import json

import frappe
from frappe.utils import now_datetime

from mkd_hrms.constants import DECISION_RECORD, GATE_DECISION, PERFORMANCE_RECORD, REQUEST
from mkd_hrms.tests.support.http_world import HTTPCase, browser, head, officer, open_house, subordinate
from mkd_hrms.tests.support.people import UNLIMITED
from mkd_hrms.tests.support.planted import CHECKIN, TAG, Planted

setUpModule = open_house

CHART = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
REPORTS = "frappe.core.doctype.prepared_report.prepared_report."
WEB_FORM = "frappe.website.doctype.web_form.web_form.get_form_data"
ENERGY = "frappe.social.doctype.energy_point_log.energy_point_log."


class PlatformCase(HTTPCase):
	"""Somebody with secrets, a colleague of his unit, and HR."""

	planted = None

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		if not PlatformCase.planted:
			PlatformCase.colleague = subordinate(**UNLIMITED)
			# Frappe HR shows every check-in to whom no User Permission limits.
			PlatformCase.limited = subordinate()
			PlatformCase.planted = Planted(subordinate(), head().user_id)
		cls.addClassCleanup(frappe.db.rollback)

	@property
	def name(self):
		return self.planted.names[REQUEST]

	@property
	def key(self):
		return {"doctype": REQUEST, "name": self.name}

	@property
	def named(self):
		return {"doctype": REQUEST, "docname": self.name}

	def tells(self, user, function, **arguments):
		"""What somebody learns of the one with the secrets."""
		answer = browser(user).call(function, **arguments)
		return self.planted.found_in(answer.text) | (
			{"name"} if answer.ok and self.name in answer.text else set()
		)

	def only_hr(self, what, function, colleague=None, **arguments):
		"""A colleague learns nothing, HR does: the question is one that has an answer."""
		with self.subTest(function):
			colleague = colleague or self.colleague
			self.assertEqual(self.tells(colleague.user_id, function, **arguments), set())
			self.assertIn(what, self.tells(officer(), function, **arguments))


class TestCounting(PlatformCase):
	def test_who_is_assigned_is_counted_in_the_list_of_the_user(self):
		function = "frappe.desk.listview.get_group_by_count"
		for filters in ([], [["employee", "=", self.planted.employee.name]]):
			asked = {"doctype": REQUEST, "current_filters": json.dumps(filters), "field": "assigned_to"}
			self.assertEqual(self.ok(browser(self.colleague.user_id).call(function, **asked)), [])
			self.assertIn(
				{"name": head().user_id, "count": 1},
				self.ok(browser(self.planted.user).call(function, **asked)),
			)
			self.assertTrue(self.ok(browser(officer()).call(function, **asked)))

	def test_no_column_is_grouped_for_whom_it_does_not_concern(self):
		function = "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"
		asked = {"doctype": REQUEST, "states": json.dumps(["Draft"])}
		self.only_hr(REQUEST, function, workflow_state_field="reason", **asked)
		self.assertIn(
			REQUEST, self.tells(self.planted.user, function, workflow_state_field="reason", **asked)
		)

	def test_no_position_is_grouped_for_whom_user_permissions_limit(self):
		function = "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"
		asked = {"doctype": CHECKIN, "workflow_state_field": "latitude", "states": "[]"}
		self.only_hr("position", function, self.limited, **asked)
		name = self.planted.names[CHECKIN]
		asked = {"doctype": CHECKIN, "value": name, "prev": 0, "sort_field": "latitude"}
		self.refused(browser(self.limited.user_id).call("frappe.desk.form.utils.get_next", **asked))

	def test_a_tag_finds_what_the_user_may_list(self):
		self.only_hr("name", "frappe.desk.doctype.tag.tag.get_tagged_docs", doctype=REQUEST, tag=f"%{TAG}%")

	def test_a_heatmap_is_drawn_for_whom_sees_all(self):
		for doctype, column, based_on, what in (
			(REQUEST, "place_latitude", "creation", "place"),
			(CHECKIN, "latitude", "time", "position"),
			(PERFORMANCE_RECORD, "score", "period_end", "score"),
			(REQUEST, "substring(reason, 1, 99)", "creation", REQUEST),
		):
			chart = {"type": "Heatmap", "chart_type": "Sum", "document_type": doctype, "name": "x"}
			chart |= {"value_based_on": column, "based_on": based_on, "heatmap_year": now_datetime().year}
			chart["filters_json"] = json.dumps([["employee", "=", self.planted.employee.name]])
			with self.subTest(column, doctype=doctype):
				asked = {"chart": json.dumps(chart), "no_cache": 1}
				self.assertEqual(self.tells(self.limited.user_id, CHART, **asked), set())
				self.refused(browser(self.limited.user_id).call(CHART, **asked))
				if what != REQUEST:
					self.assertIn(what, self.tells(officer(), CHART, **asked))

	def test_the_map_shows_nobody_elses_position(self):
		function = "frappe.geo.utils.get_coords"
		asked = {"doctype": CHECKIN, "filters": "[]", "type": "coordinates"}
		self.only_hr("position", function, self.limited, **asked)
		frappe.db.rollback()
		read = {"user": officer(), "export_from": CHECKIN, "method": "List"}
		self.assertTrue(frappe.db.exists("Access Log", read))

	def test_a_graph_of_months_sums_up_nobody_else(self):
		function = "frappe.utils.goal.get_monthly_goal_graph_data"
		asked = {"title": "x", "doctype": "User", "goal_doctype_link": "owner", "goal_field": "latitude"}
		asked |= dict.fromkeys(("goal_value_field", "goal_total_field", "goal_history_field"), "login_after")
		asked |= {"goal_doctype": CHECKIN, "date_field": "time", "aggregation": "max"}
		asked["filters"] = json.dumps({"employee": self.planted.employee.name})
		colleague = self.limited.user_id
		self.refused(browser(colleague).call(function, **{**asked, "docname": colleague}), "list")
		self.assertEqual(
			browser(officer()).call(function, **{**asked, "docname": officer()}).status_code, 200
		)


class TestBesideADocument(PlatformCase):
	def test_nothing_is_told_of_a_document_that_one_may_not_read(self):
		for what, function, arguments in (
			(
				"ToDo",
				"erpnext.crm.utils.get_open_activities",
				{"ref_doctype": REQUEST, "ref_docname": self.name},
			),
			("Energy Point Log", f"{ENERGY}get_reviews", self.named),
			(
				"Submission Queue",
				"frappe.core.doctype.submission_queue.submission_queue.get_latest_submissions",
				self.named,
			),
			("name", "frappe.client.validate_link", self.named),
		):
			self.only_hr(what, function, **arguments)

	def test_nobody_learns_whose_it_is_by_who_follows_it_or_is_assigned(self):
		follow = "frappe.desk.form.document_follow.get_follow_users"
		for function, arguments, told in (
			(follow, {"doctype": REQUEST, "doc_name": self.name}, self.planted.user),
			("frappe.desk.form.assign_to.add", {**self.key, "assign_to": []}, head().user_id),
		):
			with self.subTest(function):
				answer = browser(self.colleague.user_id).call(function, **arguments)
				self.assertNotIn(told, answer.text)
				self.refused(answer)
				self.assertIn(told, browser(officer()).call(function, **arguments).text)

	def test_no_list_of_the_platform_shows_what_hangs_on_it(self):
		for doctype, what in (
			("File", "file name"),
			("Tag Link", "Tag Link"),
			("Document Follow", "name"),
			("Energy Point Log", "Energy Point Log"),
		):
			asked = {"doctype": doctype, "fields": ["*"], "limit_page_length": 0}
			self.only_hr(what, "frappe.client.get_list", **asked)
			self.assertIn(what, self.tells(self.planted.user, "frappe.client.get_list", **asked))
		self.only_hr("file name", "hrms.api.get_attachments", dt=REQUEST, dn=self.name)

	def test_what_hangs_on_it_and_its_rows_are_as_closed_as_it_is(self):
		beside = ("Tag Link", "Energy Point Log")
		rows = {
			"MKD Request Date": "date",
			"MKD Work Plan Item": "plan",
			"MKD Daily Report Activity": "activity",
		}
		for doctype, what in {**dict(zip(beside, beside, strict=True)), **rows}.items():
			(name,) = self.planted.beside[doctype]
			for path in (f"/api/resource/{doctype}/{name}", f"/api/v2/document/{doctype}/{name}"):
				with self.subTest(path):
					answer = browser(self.colleague.user_id).get(path)
					self.assertEqual(answer.status_code, 403)
					self.assertEqual(self.planted.found_in(answer.text), set())
					self.assertIn(what, self.planted.found_in(browser(self.planted.user).get(path).text))

	def test_its_amendment_and_its_place_in_a_list_tell_nothing(self):
		frappe.db.set_value(GATE_DECISION, self.planted.names[GATE_DECISION], "amended_from", "MKD-GATE-OLD")
		frappe.db.set_value(REQUEST, self.name, "amended_from", self.name, update_modified=False)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, REQUEST, self.name, "amended_from", None, update_modified=False)
		self.only_hr("name", "frappe.client.is_document_amended", **self.named)
		asked = {"doctype": REQUEST, "value": self.name, "prev": 0, "sort_field": "reason"}
		self.refused(browser(self.colleague.user_id).call("frappe.desk.form.utils.get_next", **asked))
		self.assertEqual(browser(officer()).call("frappe.desk.form.utils.get_next", **asked).status_code, 200)

	def test_whoever_acted_when_it_was_written_reads_it_through_no_web_form(self):
		"""A record of a decision is written while the superior decides: the platform calls him its owner."""
		record = self.planted.names[DECISION_RECORD]
		frappe.db.set_value(DECISION_RECORD, record, "owner", head().user_id)
		form = frappe.db.get_value("Web Form", {"apply_document_permissions": 0, "login_required": 0})
		frappe.db.commit()
		asked = {"doctype": DECISION_RECORD, "docname": record, "web_form_name": form}
		answer = browser(head().user_id).call(WEB_FORM, **asked)
		self.assertEqual(self.planted.found_in(answer.text), set())
		self.refused(answer)

	def test_nobody_writes_beside_it(self):
		colleague = self.colleague.user_id
		message = self.planted.beside["Communication"][0]
		comment = {"comment": "halo", "comment_email": colleague, "comment_by": "x", "route": ""}
		about = {"reference_doctype": REQUEST, "reference_name": self.name}
		before = self.beside()
		for function, arguments in (
			("frappe.desk.like.toggle_like", {**self.key, "add": "Yes"}),
			("frappe.templates.includes.comments.comments.add_comment", {**comment, **about}),
			(
				"frappe.email.relink",
				{"name": message, "reference_doctype": "User", "reference_name": colleague},
			),
		):
			with self.subTest(function):
				self.refused(browser(colleague).call(function, **arguments))
				self.assertEqual(self.beside(), before)

	def beside(self):
		frappe.db.rollback()
		about = {"reference_doctype": REQUEST, "reference_name": self.name}
		return {
			"likes": frappe.db.get_value(REQUEST, self.name, "_liked_by"),
			"comments": frappe.db.count("Comment", about),
			"messages": frappe.db.count("Communication", about),
			"points": frappe.db.count("Energy Point Log", about),
		}

	def test_a_worker_makes_no_report_for_whom_it_is_not_shown(self):
		for report in ("MKD Over Limit", "MKD Policy Impact"):
			with self.subTest(report):
				answer = browser(self.colleague.user_id).call(
					f"{REPORTS}make_prepared_report", report_name=report, filters="{}"
				)
				self.refused(answer)
		made = frappe.get_doc({"doctype": "Prepared Report", "report_name": "MKD Policy Impact"})
		made.name = frappe.generate_hash(length=10)
		made.db_insert()
		frappe.db.commit()
		self.addCleanup(frappe.db.delete, "Prepared Report", {"name": made.name})
		function = f"{REPORTS}enqueue_json_to_csv_conversion"
		self.refused(browser(self.colleague.user_id).call(function, prepared_report_name=made.name))


class TestFiles(PlatformCase):
	def test_a_file_is_opened_by_no_second_row_that_names_it(self):
		url, client = self.planted.file.file_url, browser(self.colleague.user_id)
		self.assertIn("File", self.planted.found_in(browser(self.planted.user).get(url).text))
		self.assertEqual(self.planted.found_in(client.get(url).text), set())
		mine = self.ok(
			client.insert({"doctype": "File", "file_name": "punya.txt", "content": "x", "is_private": 1})
		)
		for address in (
			url,
			url.replace("/files/", "/files/./"),
			url.replace("/private/", "/files/../../private/"),
		):
			with self.subTest(address):
				row = {"doctype": "File", "file_url": address, "is_private": 1}
				self.refused(client.insert(row))
				self.refused(client.set_value("File", mine["name"], file_url=address))
				for asked in (url, f"/api/method/download_file?file_url={address}"):
					self.assertEqual(self.planted.found_in(client.get(asked).text), set())
		target = {"doctype": "User", "name": self.colleague.user_id}
		asked = {**target, "attachments": json.dumps([self.planted.file.name])}
		self.refused(client.call("frappe.utils.file_manager.add_attachments", **asked))
		self.assertEqual(self.planted.found_in(client.get(url).text), set())
