"""The registers refuse what cannot be true, and say what to do instead."""

from datetime import date

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import (
	DISCIPLINE_RECORD,
	PERFORMANCE_RECORD,
	POLICY,
	SETTINGS,
	SUITABILITY,
	SUSPENSION,
	TALENT_RECORD,
)
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.talent import read_talent_boxes
from mkd_hrms.mkd_hrms.doctype.mkd_suitability.mkd_suitability import CRITERIA
from mkd_hrms.services.calendar import clock
from mkd_hrms.tests.support.people import make_employee


class RegisterTestCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = make_employee().name

	def refused(self, message, error=frappe.ValidationError):
		return self.assertRaisesRegex(error, message)


class TestPolicy(RegisterTestCase):
	def make(self, **values):
		seed = frappe.get_last_doc(POLICY, filters={"pack": "jabar-2023", "docstatus": 1})
		policy = frappe.copy_doc(seed, ignore_no_copy=False)
		policy.update(
			{
				"policy_name": frappe.generate_hash(length=8),
				"effective_from": "2031-01-01",
				"docstatus": 0,
				**values,
			}
		)
		return policy

	def test_two_policies_cannot_begin_on_one_day(self):
		self.make(effective_from="2031-02-01").submit()
		second = self.make(effective_from="2031-02-01").insert()
		with self.refused("already in force from"):
			second.submit()

	def test_a_company_may_have_its_own_from_the_same_day(self):
		self.make(effective_from="2031-03-01").submit()
		company = frappe.db.get_value("Company", {}, "name")
		self.make(effective_from="2031-03-01", company=company).submit()

	def test_no_company_means_all_of_them(self):
		self.assertTrue(frappe.defaults.get_defaults().get("company"))
		policy = frappe.copy_doc(self.make(effective_from="2031-03-15"))
		policy.company = None
		self.assertIsNone(policy.insert().company)

	def test_an_unused_policy_can_be_cancelled(self):
		policy = self.make(effective_from="2031-04-01").submit()
		policy.cancel()
		self.assertEqual(policy.docstatus, 2)

	def test_a_used_policy_can_be_neither_cancelled_nor_changed(self):
		policy = self.make(effective_from="2031-05-01").submit()
		frappe.db.set_value(POLICY, policy.name, "first_used_on", "2031-05-06")
		policy.reload()
		with self.refused("duplicate it with a later date"):
			policy.cancel()
		policy.reload()
		policy.weekly_limit = 2
		with self.refused("duplicate it with a later date"):
			policy.save()

	def test_a_copy_does_not_inherit_that_its_original_was_used(self):
		policy = self.make(effective_from="2031-06-01").submit()
		frappe.db.set_value(POLICY, policy.name, "first_used_on", "2031-06-02")
		self.assertIsNone(
			frappe.copy_doc(frappe.get_doc(POLICY, policy.name), ignore_no_copy=False).first_used_on
		)

	def test_a_gate_is_listed_once(self):
		policy = self.make()
		policy.append("gates", {"gate": policy.gates[0].gate})
		with self.refused("listed twice"):
			policy.insert()

	def test_a_personal_limit_is_listed_once(self):
		policy = self.make()
		policy.append("tiers", {"predicate": "Baik", "max_absences": policy.tiers[-1].max_absences})
		policy.tiers[-1].predicate = policy.tiers[-2].predicate
		with self.refused("listed twice"):
			policy.insert()

	def test_no_week_has_eight_days(self):
		with self.refused("cannot be more than 7"):
			self.make(weekly_limit=8).insert()

	def test_no_number_is_negative(self):
		with self.refused("negative", frappe.NonNegativeError):
			self.make(late_allowed=-1).insert()


class TestSuitability(RegisterTestCase):
	def make(self, verdict="Not Suitable", valid_from="2026-01-01", valid_to=None, **values):
		decision = {
			"doctype": SUITABILITY,
			"reference_doctype": "Employee",
			"reference_name": make_employee().name,
			"verdict": verdict,
			"valid_from": valid_from,
			"valid_to": valid_to,
			**values,
		}
		return frappe.get_doc(decision)

	def test_suitable_needs_all_five_criteria(self):
		criteria = dict.fromkeys(CRITERIA, 1)
		self.make("Suitable", **criteria).insert()
		with self.refused("uses_ict|Uses information"):
			self.make("Suitable", **criteria | {"uses_ict": 0}).insert()

	def test_other_verdicts_need_none(self):
		self.make("Public Service").insert()

	def test_only_a_person_a_position_or_a_unit_can_be_judged(self):
		with self.refused("not about"):
			self.make(reference_doctype="User", reference_name="Administrator").insert()

	def test_the_subject_must_exist(self):
		with self.refused("Could not find", frappe.LinkValidationError):
			self.make(reference_name="Nobody").insert()

	def test_an_open_decision_overlaps_every_later_one(self):
		first = self.make().insert()
		with self.refused(first.name):
			self.make(valid_from="2027-01-01", reference_name=first.reference_name).insert()

	def test_a_decision_may_begin_the_day_after_another_ends(self):
		first = self.make(valid_to="2026-06-30").insert()
		self.make(valid_from="2026-07-01", reference_name=first.reference_name).insert()
		with self.refused("already decides"):
			self.make(valid_from="2026-06-30", reference_name=first.reference_name).insert()

	def test_a_decision_may_be_saved_again(self):
		self.make().insert().save()

	def test_it_does_not_end_before_it_begins(self):
		with self.refused("Valid To"):
			self.make(valid_to="2025-12-31").insert()


class TestDisciplineRecord(RegisterTestCase):
	def make(self, **values):
		case = {
			"doctype": DISCIPLINE_RECORD,
			"employee": self.employee,
			"level": "Light",
			"stage": "In Force",
		}
		return frappe.get_doc(case | {"from_date": "2026-01-01"} | values)

	def test_a_case_may_be_open(self):
		self.assertEqual(self.make().insert().docstatus, 0)

	def test_an_ended_case_has_an_end(self):
		with self.refused("needs the date"):
			self.make(stage="Ended").insert()
		self.make(stage="Ended", to_date="2026-03-01").insert()

	def test_a_submitted_case_can_end_but_not_without_a_date(self):
		case = self.make().insert()
		case.submit()
		case.stage = "Ended"
		with self.refused("needs the date"):
			case.save()
		case.reload()
		case.stage = "Ended"
		case.to_date = "2026-02-01"
		case.save()

	def test_the_level_of_a_submitted_case_is_fixed(self):
		case = self.make().insert()
		case.submit()
		case.level = "Severe"
		with self.refused("Level", frappe.UpdateAfterSubmitError):
			case.save()

	def test_it_does_not_end_before_it_begins(self):
		with self.refused("To Date"):
			self.make(to_date="2025-12-31").insert()


class TestPerformanceRecord(RegisterTestCase):
	def make(self, **values):
		record = {"doctype": PERFORMANCE_RECORD, "employee": self.employee, "source": "TRK"}
		return frappe.get_doc(record | {"period_start": "2026-01-01", "period_end": "2026-03-31"} | values)

	def test_a_predicate_or_a_score_is_enough(self):
		self.assertEqual(self.make(predicate="Baik").insert().has_score, 0)
		self.assertEqual(self.make(score=87.5).insert().has_score, 1)

	def test_a_score_of_zero_is_a_score(self):
		self.assertEqual(self.make(has_score=1).insert().score, 0)

	def test_without_either_there_is_no_result(self):
		with self.refused("Enter a predicate, a score, or productive minutes"):
			self.make().insert()

	def test_an_unknown_word_is_refused(self):
		with self.refused("Predicate"):
			self.make(predicate="Cukup").insert()

	def test_the_period_does_not_end_before_it_begins(self):
		with self.refused("Period End"):
			self.make(predicate="Baik", period_end="2025-12-31").insert()


class TestTalentRecord(RegisterTestCase):
	def make(self, **values):
		record = {"doctype": TALENT_RECORD, "employee": make_employee().name, "source": "Manual"}
		return frappe.get_doc(record | {"year": 2025, "box": 5} | values)

	def test_it_takes_name_and_company_of_the_employee(self):
		record = self.make().insert()
		known = frappe.db.get_value("Employee", record.employee, ["employee_name", "company"])
		self.assertEqual((record.employee_name, record.company), known)

	def test_a_map_has_nine_boxes(self):
		for box in (1, 9):
			self.make(box=box).insert()
		for box in (10, 45):
			with self.subTest(box), self.refused(f"Box {box} does not exist"):
				self.make(box=box).insert()
		for box in (0, -1, None):
			with self.subTest(box), self.refused(""):
				self.make(box=box).insert()

	def test_there_is_no_map_of_a_year_to_come_nor_of_no_year(self):
		this_year = clock.today().year
		self.make(year=this_year).insert()
		for year in (this_year + 1, 25, 20255):
			with self.subTest(year), self.refused("Enter a year from 1945"):
				self.make(year=year).insert()

	def test_an_unclear_number_is_refused(self):
		for field, text in (("box", "4,5"), ("year", "2.025"), ("x_axis", "87,5")):
			with self.subTest(field), self.refused("number|could mean"):
				self.make(**{field: text}).insert()

	def test_a_year_of_somebody_has_one_box_and_a_wrong_one_is_amended(self):
		first = self.make().insert().submit()
		second = self.make(employee=first.employee, box=9).insert()
		with self.refused(f"{first.name}.*already the box", frappe.DuplicateEntryError):
			second.submit()
		self.make(employee=first.employee, year=2024).insert().submit()
		first.cancel()
		amended = frappe.copy_doc(first)
		amended.update({"amended_from": first.name, "box": 9, "docstatus": 0})
		amended.insert().submit()
		stored = frappe.get_all(
			TALENT_RECORD, {"employee": first.employee, "year": 2025}, ["box", "docstatus"], order_by="name"
		)
		self.assertEqual(sorted((row.box, row.docstatus) for row in stored), [(5, 2), (9, 0), (9, 1)])

	def test_the_newest_submitted_one_of_a_year_that_has_begun_counts(self):
		employee = make_employee().name
		for year, box in ((2023, 1), (2025, 8), (2024, 9)):
			self.make(employee=employee, year=year, box=box).insert().submit()
		self.make(employee=employee, year=2026, box=2).insert()
		scope, database = Scope(employees=(employee,)), SiteDatabase()
		for year, box in ((2026, 8), (2024, 9), (2023, 1)):
			found = read_talent_boxes(database, scope, date(year, 6, 30))
			self.assertEqual(found[employee].box, box)
		self.assertEqual(read_talent_boxes(database, scope, date(2022, 12, 31)), {})


class TestSuspension(RegisterTestCase):
	def make(self, **values):
		suspension = {"doctype": SUSPENSION, "employee": self.employee, "ground": "Two missing reports"}
		return frappe.get_doc(suspension | {"from_date": "2026-01-01", "to_date": "2026-01-14"} | values)

	def test_it_takes_the_name_of_the_employee(self):
		name = frappe.db.get_value("Employee", self.employee, "employee_name")
		self.assertEqual(self.make().insert().employee_name, name)

	def test_it_always_has_an_end(self):
		with self.refused("to_date", frappe.MandatoryError):
			self.make(to_date=None).insert()

	def test_it_does_not_end_before_it_begins(self):
		with self.refused("To Date"):
			self.make(to_date="2025-12-31").insert()


class TestSettings(RegisterTestCase):
	def settings_with(self, *lists, companies=None):
		settings = frappe.get_single(SETTINGS)
		settings.calendars = []
		companies = companies or [frappe.db.get_value("Company", {}, "name")] * len(lists)
		for company, holiday_list in zip(companies, lists, strict=True):
			settings.append("calendars", {"company": company, "holiday_list": holiday_list})
		return settings

	def holiday_list(self, from_date, to_date):
		values = {
			"holiday_list_name": frappe.generate_hash(length=8),
			"from_date": from_date,
			"to_date": to_date,
		}
		return frappe.get_doc({"doctype": "Holiday List", **values}).insert().name

	def test_the_lists_of_two_years_stand_side_by_side(self):
		lists = self.holiday_list("2024-01-01", "2024-12-31"), self.holiday_list("2025-01-01", "2025-12-31")
		self.settings_with(*lists).save()

	def test_two_lists_for_one_day_are_refused(self):
		lists = self.holiday_list("2024-01-01", "2025-01-01"), self.holiday_list("2025-01-01", "2025-12-31")
		with self.refused("Rows 1 and 2"):
			self.settings_with(*lists).save()
