"""One version of a policy after the other: a number that changes without its source is told, and nothing is refused for it."""

from datetime import date, timedelta

import frappe

from mkd_hrms.policy.model import Gate
from mkd_hrms.policy.questions import QUESTIONS
from mkd_hrms.services.policies import versions
from mkd_hrms.services.policies.documents import document_from, policy_from
from mkd_hrms.tests.policies.test_policies import PolicyCase
from mkd_hrms.tests.support.frozen import MONDAY
from mkd_hrms.tests.support.world import COMPANY

LATER = MONDAY + timedelta(days=28)


class VersionCase(PolicyCase):
	def setUp(self):
		super().setUp()
		self.first = self.in_force(MONDAY)
		frappe.clear_messages()

	def next_version(self, **changes):
		"""As the form makes it: a copy with a later date, stored unless it says otherwise."""
		draft = frappe.copy_doc(self.first)
		# In tests the platform's copy of what was submitted is submitted too.
		for part in (draft, *draft.get_all_children()):
			part.docstatus = 0
		draft.update({"effective_from": LATER, "policy_name": "Versi kedua", **changes})
		return draft

	def told(self):
		"""What was shown since the last time, but for what Frappe itself says."""
		found = [entry["message"] for entry in frappe.get_message_log() if "source" in entry["message"]]
		frappe.clear_messages()
		return " ".join(found)

	def source_of(self, policy, parameter):
		return next(row for row in policy.sources if row.parameter == parameter)


class TestUnchangedSources(VersionCase):
	def test_a_copy_that_says_the_same_is_told_nothing(self):
		self.next_version().insert()
		self.assertEqual(self.told(), "")

	def test_a_number_that_differs_from_the_version_before_is_named_and_stored(self):
		draft = self.next_version(absence_fails_at=2).insert()
		told = self.told()
		self.assertIn(self.first.name, told)
		self.assertIn("Unexcused Absences that Fail", told)
		self.assertNotIn("Late Days Allowed", told)
		self.assertEqual(frappe.db.get_value("MKD Policy", draft.name, "absence_fails_at"), 2)

	def test_it_is_told_when_it_changes_and_not_at_every_save(self):
		draft = self.next_version().insert()
		draft.late_allowed = 4
		draft.save()
		self.assertIn("Late Days Allowed", self.told())
		draft.policy_name = "Versi ketiga"
		draft.save()
		self.assertEqual(self.told(), "")

	def test_another_clause_is_reason_enough_for_another_number(self):
		draft = self.next_version(late_allowed=4)
		self.source_of(draft, "late_allowed").source = "SE 12/2026"
		draft.insert()
		self.assertEqual(self.told(), "")

	def test_another_unit_is_so_too_and_a_blank_is_not(self):
		draft = self.next_version(late_allowed=4)
		row = self.source_of(draft, "late_allowed")
		row.source = f" {row.source} "
		draft.insert()
		self.assertIn("Late Days Allowed", self.told())
		row.unit = "times"
		draft.late_allowed = 3
		draft.save()
		self.assertEqual(self.told(), "")

	def test_before_it_is_submitted_it_is_told_once_more(self):
		draft = self.next_version(late_allowed=4).insert()
		self.told()
		draft.submit()
		self.assertIn("Late Days Allowed", self.told())
		self.assertEqual(draft.docstatus, 1)

	def test_a_table_counts_as_a_number_and_the_order_of_gates_as_nothing(self):
		draft = self.next_version()
		draft.gates = list(reversed(draft.gates))
		draft.insert()
		self.assertEqual(self.told(), "")
		draft.tiers[0].weekly_limit = 2
		next(row for row in draft.gates if row.gate == "Lateness").enabled = 0
		draft.save()
		told = self.told()
		self.assertIn("Personal Limits", told)
		self.assertIn("Gates", told)

	def test_a_row_of_working_hours_brings_its_own_clause(self):
		draft = self.next_version()
		hours = {"from_date": date(2027, 2, 8), "to_date": date(2027, 3, 9), "week_minutes": 1950}
		draft.append("working_hours", {**hours, "working_days": 5, "source": "SE Ramadan 1448 H"})
		draft.insert()
		self.assertEqual(self.told(), "")
		draft.working_hours[0].week_minutes = 2000
		draft.save()
		self.assertIn("Working Hours", self.told())

	def test_what_a_browser_sends_as_text_is_the_same_number(self):
		draft = self.next_version(late_allowed=str(self.first.late_allowed), cut_off_time="14:30")
		self.assertEqual(versions.changed_without_source(self.first, draft), [])

	def test_a_look_at_the_impact_tells_nothing(self):
		draft = self.next_version(late_allowed=4).insert()
		self.told()
		frappe.get_doc("MKD Policy", draft.name).refuse_unusable()
		self.assertEqual(self.told(), "")


class TestWhichVersion(VersionCase):
	def test_a_draft_names_what_it_replaces_and_a_policy_what_comes_next(self):
		draft = self.next_version().insert()
		self.assertEqual(versions.replaced_by(draft), self.first.name)
		found = versions.next_of(self.first)
		self.assertEqual((found.name, found.docstatus), (draft.name, 0))
		self.assertIsNone(versions.next_of(draft))

	def test_what_is_submitted_comes_before_an_earlier_draft(self):
		draft = self.next_version().insert()
		submitted = self.in_force(LATER + timedelta(days=28), policy_name="Versi ketiga")
		self.assertEqual(versions.next_of(self.first).name, submitted.name)
		self.assertEqual(versions.replaced_by(submitted), self.first.name)
		self.assertEqual(versions.replaced_by(draft), self.first.name)

	def test_a_policy_of_another_company_is_no_version(self):
		general = self.in_force(LATER, company=None)
		self.assertIsNone(versions.next_of(self.first))
		self.assertNotEqual(versions.replaced_by(general), self.first.name)
		self.assertEqual(self.first.company, COMPANY)

	def test_the_form_is_told_what_each_gate_asks(self):
		self.first.run_method("onload")
		gates = {entry["gate"]: entry for entry in self.first.get_onload("gates")}
		self.assertEqual(list(gates), [gate.value for gate in Gate])
		self.assertEqual(gates["Absence"]["asks"], QUESTIONS[Gate.ABSENCE])
		self.assertEqual(gates["Absence"]["numbers"], ("absence_fails_at", "absence_window_months"))
		self.assertEqual(gates["Talent Box"]["numbers"], ("talent_boxes", "appraisal_max_age_months"))


class TestWhatCanBeSubmitted(VersionCase):
	def switched_on(self, gate):
		draft = self.next_version()
		next(row for row in draft.gates if row.gate == gate).enabled = 1
		return draft

	def test_every_gate_can_be_switched_on(self):
		draft = self.next_version()
		for row in draft.gates:
			row.enabled = 1
		self.assertEqual(policy_from(draft.insert().submit()).gates, frozenset(Gate))

	def test_the_boxes_are_stored_in_their_order_and_those_that_no_map_has_are_refused(self):
		draft = self.next_version(talent_boxes="9;4 5,8").insert()
		self.assertEqual((draft.talent_boxes, policy_from(draft).talent_boxes), ("4, 5, 8, 9", (4, 5, 8, 9)))
		self.assertEqual(document_from(policy_from(draft)).talent_boxes, draft.talent_boxes)
		for text in ("0, 4", "10", "45", "4, 4", "4.5", "-4", "empat", "4/5"):
			stored = frappe.get_doc("MKD Policy", draft.name).update({"talent_boxes": text})
			with self.subTest(text), self.assertRaisesRegex(frappe.ValidationError, "from 1 to 9"):
				stored.save()

	def test_an_empty_time_or_word_is_refused_when_it_is_submitted(self):
		for name in ("report_due_time", "min_predicate", "talent_boxes"):
			draft = self.next_version(policy_name=f"Tanpa {name}", **{name: ""}).insert()
			with self.subTest(name), self.assertRaises(frappe.ValidationError) as refused:
				draft.submit()
			self.assertIn("Fill in", str(refused.exception))

	def test_midnight_is_a_time(self):
		draft = self.next_version(report_grace_time="00:00:00").insert()
		frappe.get_doc("MKD Policy", draft.name).submit()
