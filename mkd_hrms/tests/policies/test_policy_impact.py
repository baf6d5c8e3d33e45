"""What a draft policy would change: exactly who, exactly why, for HR only, and without writing anything."""

from datetime import timedelta

import frappe
from frappe.desk import query_report

from mkd_hrms.constants import IMPACT, POLICY
from mkd_hrms.policy import packs
from mkd_hrms.services.impact import compare
from mkd_hrms.services.policies import in_force
from mkd_hrms.services.policies.documents import document_from
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import (
	CLERK,
	COMPANY,
	OFFICE,
	SERVICE,
	SERVICE_BACK_OFFICE,
	TODAY,
	UNCLASSIFIED,
	empty_company,
	unit,
)

STARTS = TODAY + timedelta(days=12)
STRICTER = {"absence_fails_at": 2, "legal_ceiling": 2}


class ImpactCase(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		empty_company()
		cls.hr = make_user("HR Manager", "Employee")
		frappe.db.commit()

	def tearDown(self):
		super().tearDown()
		in_force.clear_cache()

	def draft(self, effective_from=STARTS, company=COMPANY, **changes):
		policy = document_from(packs.load("jabar-2023"))
		policy.update(
			{"policy_name": "Draf", "effective_from": effective_from, "company": company, **changes}
		)
		return policy.insert()

	def run_report(self, draft, user=None, **filters):
		with acting_as(user or self.hr):
			return query_report.run(IMPACT, filters={"policy": draft.name, **filters})

	def about(self, result, *people):
		"""The rows about certain people, by employee."""
		found = {row["employee"]: row for row in result["result"]}
		return [found.get(person.name) for person in people]

	def cards(self, result):
		return {card["label"]: card["value"] for card in result["report_summary"]}


class TestWhoChanges(ImpactCase):
	def test_a_stricter_draft_takes_away_exactly_what_its_numbers_take_away(self):
		closed = self.person(
			absent_on=working_days_before(TODAY, 2), designation=CLERK, grade=self.grade("III/a")
		)
		fewer = self.person(department=unit(SERVICE_BACK_OFFICE), grade=self.grade("IV/b"))
		excluded = self.person(employment_type="CPNS")
		waiting = self.person(designation=UNCLASSIFIED)
		result = self.run_report(self.draft(**STRICTER))
		lost, less, same, unknown = self.about(result, closed, fewer, excluded, waiting)
		self.assertEqual(self.change(lost), ("Loses", "Eligible", "Not Eligible", 1, 0))
		self.assertRegex(
			lost["reasons"], r"^Absence: 2 unexcused absences from .*; MKD closes at 2\. \[.+\]$"
		)
		self.assertEqual((lost["designation"], lost["grade"]), (CLERK, "III/a"))
		self.assertEqual(self.change(less), ("Fewer Days", "Eligible", "Eligible", 4, 2))
		self.assertRegex(less["reasons"], r"^Days a week: 4 before, 2 after, by Legal Ceiling \[.+\]$")
		self.assertEqual((less["department"], less["grade"]), (unit(SERVICE_BACK_OFFICE), "IV/b"))
		self.assertIsNone(same)
		self.assertEqual(self.change(unknown), ("Fewer Days", "Needs Review", "Needs Review", 4, 2))
		self.cards_count_the_rows(result)

	def test_a_milder_draft_gives_back(self):
		absent = self.person(absent_on=working_days_before(TODAY, 3))
		missing = self.person(designation=UNCLASSIFIED)
		gates = [row for row in self.draft().gates if row.gate != "Role"]
		draft = self.draft(STARTS + timedelta(days=1), absence_fails_at=4, gates=gates)
		for row in draft.tiers:
			row.max_absences += 1
		draft.save()
		gained, classified = self.about(result := self.run_report(draft), absent, missing)
		self.assertEqual(self.change(gained), ("Gains", "Not Eligible", "Eligible", 0, 1))
		self.assertRegex(gained["reasons"], r"^Absence: 3 unexcused absences from .*; MKD closes at 4\.")
		self.assertEqual(self.change(classified), ("Gains", "Needs Review", "Eligible", 4, 4))
		self.assertRegex(classified["reasons"], r"^Role: no longer asked\. Before: Nobody has classified")
		self.cards_count_the_rows(result)

	def test_filters_choose_rows_and_units_count_with_those_below(self):
		closed = self.person(absent_on=working_days_before(TODAY, 2))
		fewer = self.person(department=unit(SERVICE_BACK_OFFICE))
		draft = self.draft(**STRICTER)
		for filters, expected in (
			({"change": "Loses"}, [True, False]),
			({"change": "Fewer Days"}, [False, True]),
			({"gate": "Absence"}, [True, False]),
			({"department": unit(SERVICE)}, [False, True]),
			({"department": unit(OFFICE)}, [True, False]),
		):
			with self.subTest(filters):
				result = self.run_report(draft, **filters)
				self.assertEqual([row is not None for row in self.about(result, closed, fewer)], expected)
				if "department" in filters:
					self.cards_count_the_rows(result)

	def test_the_chart_shows_before_and_after_by_what_was_chosen(self):
		self.person(absent_on=working_days_before(TODAY, 2), designation=CLERK)
		draft, charts = self.draft(**STRICTER), {}
		for by in ("Outcome", "Unit", "Designation", "Grade", "Gate"):
			data = self.run_report(draft, chart_by=by)["chart"]["data"]
			values = [each["values"] for each in data["datasets"]]
			charts[by] = dict(zip(data["labels"], zip(*values, strict=True), strict=True))
		self.assertEqual([*charts["Outcome"]], ["Eligible", "Not Eligible", "Needs Review"])
		eligible = charts["Outcome"]["Eligible"]
		self.assertEqual(charts["Designation"][CLERK], (1, 0))
		for by in ("Unit", "Designation", "Grade"):
			self.assertEqual(tuple(map(sum, zip(*charts[by].values(), strict=True))), eligible, by)
		self.assertEqual(
			charts["Gate"]["Absence"][1] - charts["Gate"]["Absence"][0], eligible[0] - eligible[1]
		)

	def change(self, row):
		return tuple(
			row[name] for name in "change outcome_before outcome_after days_before days_after".split()
		)

	def cards_count_the_rows(self, result):
		cards, changes = self.cards(result), [row["change"] for row in result["result"]]
		for kind in ("Loses", "Fewer Days", "Needs Review", "Gains", "More Days", "Other Reasons"):
			self.assertEqual(cards[kind], changes.count(kind), kind)
		self.assertEqual(cards["People Compared"], cards["Unchanged"] + len(changes))

	def grade(self, name):
		if not frappe.db.exists("Employee Grade", name):
			frappe.get_doc({"doctype": "Employee Grade", "name": name, "__newname": name}).insert()
		return name


class TestWhichPolicies(ImpactCase):
	def question(self, draft):
		question = compare.question_about(draft)
		return question, *compare.concerned(question)

	def test_the_first_day_of_the_draft_decides_but_no_day_before_tomorrow(self):
		for begins, day in ((STARTS, STARTS), (TODAY - timedelta(days=90), TODAY + timedelta(days=1))):
			self.assertEqual(self.question(self.draft(begins))[0].day, day)

	def test_a_companys_own_policy_keeps_a_general_draft_away(self):
		own = self.draft(TODAY - timedelta(days=30))
		own.submit()
		draft = self.draft(company=None)
		_question, affected, (unaffected,) = self.question(draft)
		self.assertEqual((affected, unaffected.company, unaffected.stands.name), ([], COMPANY, own.name))
		result = self.run_report(draft)
		self.assertEqual(result["result"], [])
		self.assertIn("does not concern it, because", result["message"])
		self.assertIn(own.name, result["message"])

	def test_a_general_draft_is_compared_with_the_policy_of_each_company(self):
		general = in_force.policy_on(COMPANY, STARTS)
		other = self.other_company()
		own = self.draft(TODAY - timedelta(days=30), company=other)
		own.submit()
		self.person()
		elsewhere = self.person()
		elsewhere.db_set("company", other)
		draft = self.draft(company=None, **STRICTER)
		_question, affected, unaffected = self.question(draft)
		self.assertEqual([(entry.company, entry.before) for entry in affected], [(COMPANY, general)])
		self.assertEqual([(entry.company, entry.stands.name) for entry in unaffected], [(other, own.name)])
		self.assertEqual({row["company"] for row in self.run_report(draft)["result"]}, {COMPANY})

	def test_a_draft_that_an_announced_policy_replaces_at_once_concerns_nobody(self):
		newer = self.draft(TODAY - timedelta(days=10))
		newer.submit()
		_question, affected, (unaffected,) = self.question(self.draft(TODAY - timedelta(days=20)))
		self.assertEqual((affected, unaffected.stands.name), ([], newer.name))

	def test_without_a_policy_before_everybody_counts_as_without_mkd(self):
		for name in frappe.get_all(POLICY, {"docstatus": 1}, pluck="name"):
			frappe.db.set_value(POLICY, name, "docstatus", 2)
		in_force.clear_cache()
		employee, closed = self.person(), self.person(employment_type="CPNS")
		result = self.run_report(self.draft())
		gained, other = self.about(result, employee, closed)
		self.assertEqual((gained["change"], gained["days_before"], gained["days_after"]), ("Gains", 0, 4))
		self.assertEqual(gained["reasons"], "No policy was in force before.")
		self.assertEqual((other["change"], other["outcome_after"]), ("Other Reasons", "Not Eligible"))
		self.assertIn("everybody counts as without MKD", result["message"])

	def test_a_draft_that_cannot_be_submitted_is_refused_in_the_same_words(self):
		without_source = self.draft()
		without_source.sources = without_source.sources[1:]
		without_source.save()
		self.draft(STARTS + timedelta(days=1)).submit()
		for draft in (without_source, self.draft(STARTS + timedelta(days=1), policy_name="Kedua")):
			with self.assertRaises(frappe.ValidationError) as shown:
				self.run_report(draft)
			with self.assertRaises(frappe.ValidationError) as submitting:
				frappe.get_doc(POLICY, draft.name).submit()
			self.assertEqual(str(shown.exception), str(submitting.exception))

	def test_only_a_draft_has_an_impact(self):
		policy = self.draft()
		policy.submit()
		with self.assertRaisesRegex(frappe.ValidationError, "is none"):
			self.run_report(policy)

	def other_company(self):
		doc = frappe.get_doc({"doctype": "Company", "company_name": "Dinas Lain", "abbr": "DL"})
		doc.update({"name": doc.company_name, "default_currency": "IDR", "country": "Indonesia"})
		doc.db_insert()
		return doc.name


class TestNothingIsWritten(ImpactCase):
	def test_no_statement_writes_and_no_row_changes(self):
		self.person(absent_on=working_days_before(TODAY, 2))
		draft = self.draft(**STRICTER)
		stamp, rows, before = draft.modified, self.rows(), self.statements()
		self.assertTrue(self.run_report(draft)["result"])
		written = {name: count - before[name] for name, count in self.statements().items()}
		selects = written.pop("Com_select")
		self.assertGreater(selects, 0)
		self.assertFalse({name: count for name, count in written.items() if count})
		self.assertEqual(self.rows(), rows)
		self.assertEqual(frappe.get_doc(POLICY, draft.name).modified, frappe.utils.get_datetime(stamp))

	def test_the_number_of_queries_does_not_depend_on_the_number_of_people(self):
		draft, counts = self.draft(**STRICTER), {}
		for _again in range(2):
			# The first one fills the caches that making people has emptied.
			self.run_report(draft)
			before = self.statements()["Com_select"]
			people = len(self.run_report(draft)["result"])
			counts[people] = self.statements()["Com_select"] - before
			for _more in range(3):
				self.person()
		fewer, more = counts
		self.assertEqual((more - fewer, counts[more]), (3, counts[fewer]))

	def statements(self):
		"""How many statements of each kind this connection has sent, as the server counts them."""
		kinds = "select|insert|insert_select|update|update_multi|delete|delete_multi|replace|replace_select|"
		kinds += "truncate|create_table|alter_table|drop_table|load|commit|rollback"
		found = frappe.db.sql(
			"show session status where variable_name regexp %s", f"^Com_({kinds})$", as_list=True
		)
		return {name: int(value) for name, value in found}

	def rows(self):
		"""A checksum of every table of ours, and of those that the platform would keep a result in."""
		tables = frappe.get_all("DocType", {"module": "MKD HRMS", "issingle": 0}, pluck="name")
		tables += ["Employee", "Attendance", "Prepared Report", "File", "Error Log", "Version", "Singles"]
		return frappe.db.sql(f"checksum table {', '.join(f'`tab{name}`' for name in tables)}")
