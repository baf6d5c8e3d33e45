"""Whoever names a document that is closed to him is told nothing of it, not even that it exists."""

import json

import frappe

from mkd_hrms.constants import (
	APP,
	COLLECTIVE_DAY,
	DAY,
	FEED,
	IMPORT,
	IMPORT_LINE,
	PLACE_HINT,
	REQUEST,
	SUSPENSION,
	WAITING_PLACE,
)
from mkd_hrms.tests.support.http_day_case import ApprovedDayCase
from mkd_hrms.tests.support.http_world import browser, officer, open_house, subordinate, user_with, week
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.whitelisted import functions
from mkd_hrms.tests.support.world import other_company

setUpModule = open_house

# What names no document about a person.
NAMELESS = {"evaluate_now", "classify_roles", "coverage_board", "coverage_board_units", "make_calendar_feed"}
# Whoever has its token needs no session: test_http_calendar_feed.
NAMELESS |= {"calendar_feed", "letter_check"}
# About the user himself, and what waits for him: test_http_home.
NAMELESS |= {"own_standing", "waiting_requests", "waiting_reports", "waiting_absences", "waiting_swaps"}
NAMELESS |= {"waiting_reviews"}
# A page for everybody: test_http_guide.
NAMELESS |= {"guide_page"}
# A unit and a month, and nobody in it: letters.test_recaps.
NAMELESS |= {"issue_recap"}
# A company, and no document of it: test_http_push, test_http_pull.
NAMELESS |= {"push_import", "pull_schedule"}


class TestHROfAnotherCompany(ApprovedDayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case, cls.secret = cls(), f"Rahasia{frappe.generate_hash(length=6)}"
		cls.employee = subordinate(first_name=cls.secret)
		cls.request, cls.day = case.approved_day(cls.employee)
		cls.rows = {
			doctype: store_row(doctype, cls.employee.name, company=cls.employee.company, docstatus=1).name
			for doctype in (SUSPENSION, PLACE_HINT, WAITING_PLACE, "Employee Checkin", "Appraisal")
			if frappe.get_meta(doctype).has_field("company") or doctype == "Employee Checkin"
		}
		company, whose = cls.employee.company, {"reference_doctype": "Employee"}
		cls.rows[COLLECTIVE_DAY] = store_row(COLLECTIVE_DAY, None, company=company, subject=cls.secret).name
		cls.rows[IMPORT] = store_row(IMPORT, None, company=company, problems=cls.secret).name
		line = {"mkd_import": cls.rows[IMPORT], "decision": "Open"}
		cls.rows[IMPORT_LINE] = store_row(IMPORT_LINE, cls.employee.name, **line).name
		link = store_row(FEED, None, user=cls.employee.user_id, reference_name=cls.employee.name, **whose)
		cls.rows[FEED] = link.name
		cls.user = user_with("HR Manager", "MKD Officer")
		limit = {"doctype": "User Permission", "user": cls.user, "allow": "Company"}
		frappe.get_doc({**limit, "for_value": other_company()}).insert()
		frappe.db.commit()

	@classmethod
	def tearDownClass(cls):
		# Of these only what stands here was written: nothing that another test reads may find them.
		for doctype, name in cls.rows.items():
			frappe.db.delete(doctype, {"name": name})
		frappe.db.commit()
		super().tearDownClass()

	def questions(self):
		"""By function, the arguments of which the first names the document."""
		reason = {"reason": "Rapat mendadak"}
		period = {"from_date": str(week()[0]), "to_date": str(week()[4])}
		verdict = {"decision": "Accepted", "valid_until": str(week()[4])}
		return {
			"explain": {"request": self.request},
			"fair_order": {"request": self.request},
			"decline_place": {"place": self.rows[WAITING_PLACE]},
			"employee_overview": {"employee": self.employee.name},
			"before_applying": {"employee": self.employee.name},
			"collective_preview": {"circular": self.rows[COLLECTIVE_DAY]},
			"revoke_calendar_feed": {"feed": self.rows[FEED]},
			**{f"{act}_import": {"name": self.rows[IMPORT]} for act in ("check", "apply", "undo")},
			"decide_check_in": {"name": self.rows[IMPORT_LINE], "confirmed": 1},
			"contested": {"name": self.request, "doctype": REQUEST},
			"letters_of": {"name": self.request, "doctype": REQUEST},
			"issue_letter": {"name": self.request, "doctype": REQUEST, "kind": "Permit"},
			"issue_verification_sheet": {"employee": self.employee.name, **period},
			"end_pattern": {"request": self.request},
			"stop_pattern": {"request": self.request, "since": str(week()[0]), **reason},
			"withdraw_days": {"request": self.request, "dates": json.dumps([str(week()[0])])},
			"give_back_day": {"checkin": self.rows["Employee Checkin"]},
			"confirm_no_show": {"mkd_day": self.day, "confirmed": 1, **reason},
			"recall_days": {"mkd_days": json.dumps([self.day]), **reason},
			"revoke_days": {"mkd_days": json.dumps([self.day]), **reason},
			"review_place_hint": {"hint": self.rows[PLACE_HINT], "status": "Confirmed", "note": "x"},
			"download_personal_data": {"employee": self.employee.name},
			"confirm_false_place": {"mkd_day": self.day, **reason},
			"lift_suspension": {"suspension": self.rows[SUSPENSION], **reason},
			"objection_state": {"name": self.day, "doctype": DAY},
			"decide_gates": {"requests": json.dumps([self.request]), **verdict, **reason},
			"mkd_of_appraisal": {"appraisal": self.rows["Appraisal"]},
		}

	def listed(self):
		"""What answers with a list of the documents that the user may read, by function, asked about these."""
		return {
			"ways_back": {"mkd_days": json.dumps([self.day])},
			"coverage_board_day": {"employee": self.employee.name, "day": str(week()[0])},
			"unknown_gates": {"requests": json.dumps([self.request])},
			"days_in_calendar": {
				"start": str(week()[0]),
				"end": str(week()[4]),
				"filters": json.dumps([["name", "=", self.day]]),
			},
			"requests_in_calendar": {
				"start": str(week()[0]),
				"end": str(week()[4]),
				"filters": json.dumps([["name", "=", self.request]]),
			},
		}

	def test_every_function_is_asked(self):
		ours = {name.rpartition(".")[2] for name in functions() if name.startswith(f"{APP}.api.")}
		self.assertEqual(ours - NAMELESS, {*self.questions(), *self.listed()})

	def test_a_document_of_another_company_is_as_good_as_none(self):
		client = browser(self.user)
		for function, arguments in self.questions().items():
			first, named = next(iter(arguments.items()))
			name = json.loads(named)[0] if named.startswith("[") else named
			answers = []
			for asked in (name, f"{name}0"):
				values = {**arguments, first: named.replace(name, asked)}
				response = client.call(f"{APP}.api.{function}", **values)
				self.assertNotIn(self.secret, response.text)
				answers.append(
					(response.status_code, response.text if response.ok else " ".join(messages(response)))
				)
				answers[-1] = (answers[-1][0], answers[-1][1].replace(asked, "*"))
			with self.subTest(function):
				self.assertEqual(answers[0][0], 200 if function == "decide_gates" else 403)
				# The platform lets HR of one company open the check-ins of all.
				if function != "give_back_day":
					self.assertEqual(*answers)
		self.stands(self.request, "Approved", ["Approved"])

	def test_a_list_leaves_them_out(self):
		for function, arguments in self.listed().items():
			with self.subTest(function):
				self.assertFalse(self.ok(browser(self.user).call(f"{APP}.api.{function}", **arguments)))
		# Whom nothing limits is answered.
		(event,) = self.ok(
			browser(officer()).call(f"{APP}.api.days_in_calendar", **self.listed()["days_in_calendar"])
		)
		self.assertIn(self.secret, event["title"])
