"""Factors of savings and bills: who keeps them, what is refused, and that what an agency changed stays."""

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from mkd_hrms.constants import SAVINGS_FACTOR, SETTINGS, UTILITY_BILL
from mkd_hrms.policy.savings import UNIT_OF, Factor, Line, factors_used
from mkd_hrms.setup import savings_factors
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY

DISTANCE = Factor.COMMUTE_DISTANCE.value


def factor(**values):
	values = {"factor": DISTANCE, "valid_from": "2026-01-01", "low": 1, "middle": 2, "high": 3, **values}
	return frappe.get_doc(
		{"doctype": SAVINGS_FACTOR, "source": "Survei", "year": 2026, "trust": "Good", **values}
	)


def bill(**values):
	values = {"kind": "Electricity", "month": "2026-10-17", "amount": 29_201_432, **values}
	return frappe.get_doc({"doctype": UTILITY_BILL, "company": COMPANY, **values})


class RecordsCase(FrappeTestCase):
	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def assert_kept_by(self, make):
		for role in ("HR Manager", "MKD Officer"):
			with acting_as(make_user(role)):
				document = make(role).insert()
				document.update({"remarks": "Diperiksa"}).save()
				document.delete()
		for role in ("HR User", "Employee", "MKD Approver"):
			with self.subTest(role), acting_as(make_user(role)), self.assertRaises(frappe.PermissionError):
				make(role).insert()


class TestFactors(RecordsCase):
	def test_who_keeps_them(self):
		self.assert_kept_by(lambda _role: factor())

	def test_a_range_is_in_order_and_no_share_above_the_whole(self):
		for wrong in (
			{"low": 5},
			{"high": 1},
			{"low": -1},
			{"factor": Factor.CAR_SHARE.value, "high": 101},
			{"year": 1900},
			{"year": getdate().year + 1},
			{"source": None},
		):
			with self.subTest(**wrong), self.assertRaises(frappe.ValidationError):
				factor(**wrong).insert()

	def test_one_value_of_one_day_and_company(self):
		factor().insert()
		factor(company=COMPANY).insert()
		factor(valid_from="2026-07-01").insert()
		for again in ({}, {"company": COMPANY}):
			with self.assertRaises(frappe.DuplicateEntryError):
				factor(**again).insert()

	def test_a_number_that_could_be_another_one(self):
		with self.assertRaises(frappe.ValidationError):
			factor(high="7.000").insert()

	def test_each_has_its_unit(self):
		self.assertEqual(factor().insert().unit, "km")
		self.assertEqual(UNIT_OF.keys(), set(Factor))
		chosen = frappe.get_meta(SAVINGS_FACTOR).get_field("factor").options.split("\n")
		self.assertEqual(chosen, [each.value for each in Factor])


class TestShipped(RecordsCase):
	def test_all_that_has_a_source_is_there_and_in_use_but_for_allowances(self):
		rows = {row.factor: row for row in frappe.get_all(SAVINGS_FACTOR, fields=["*"])}
		self.assertLessEqual({each.value for each in savings_factors.SHIPPED}, rows.keys())
		self.assertFalse(rows[Factor.MEAL_ALLOWANCE.value].in_use)
		self.assertFalse([row.factor for row in rows.values() if row.company])
		self.assertEqual(rows[Factor.GRID_EMISSIONS.value].middle, 0.87)
		self.assertTrue(all(row.source and row.year and row.trust for row in rows.values()))
		in_use = {Factor(name) for name, row in rows.items() if row.in_use}
		estimated = {line for line in Line if in_use.issuperset(factors_used(line))}
		self.assertEqual(set(Line) - estimated, {Line.MEALS, Line.MEAL_ALLOWANCE, Line.OFFICE_WATER})

	def test_what_an_agency_changed_or_took_away_stays_so(self):
		name = frappe.db.get_value(SAVINGS_FACTOR, {"factor": DISTANCE})
		frappe.get_doc(SAVINGS_FACTOR, name).update({"middle": 15}).save()
		gone = frappe.db.get_value(SAVINGS_FACTOR, {"factor": Factor.TARIFF.value})
		frappe.delete_doc(SAVINGS_FACTOR, gone)
		before = frappe.db.count(SAVINGS_FACTOR)
		savings_factors.sync()
		self.assertEqual(frappe.db.count(SAVINGS_FACTOR), before)
		self.assertEqual(frappe.db.get_value(SAVINGS_FACTOR, name, "middle"), 15)

	def test_a_site_that_has_none_is_given_them(self):
		frappe.db.delete(SAVINGS_FACTOR)
		frappe.db.set_single_value(SETTINGS, "created_records", "{}")
		savings_factors.sync()
		self.assertEqual(frappe.db.count(SAVINGS_FACTOR), len(savings_factors.SHIPPED))


class TestBills(RecordsCase):
	def test_who_keeps_them(self):
		self.assert_kept_by(lambda role: bill(building=role))

	def test_a_month_is_kept_by_its_first_day_and_the_unit_says_the_company(self):
		made = bill(department=make_unit("Bidang Listrik"), company=None, building=" Gedung A ").insert()
		self.assertEqual((str(made.month), made.company), ("2026-10-01", COMPANY))
		self.assertEqual((made.building, made.consumption_unit), ("Gedung A", "kWh"))

	def test_what_says_nothing_is_refused(self):
		for wrong in (
			{"amount": 0},
			{"amount": -1},
			{"month": getdate().replace(year=getdate().year + 1)},
			{"kind": "Office Supplies", "consumption": 3},
		):
			with self.subTest(**wrong), self.assertRaises(frappe.ValidationError):
				bill(**wrong).insert()

	def test_one_bill_of_a_month_kind_and_building(self):
		section = make_unit("Bidang Listrik")
		for other in (
			{},
			{"building": "Gedung B"},
			{"department": section},
			{"kind": "Water"},
			{"month": "2026-09-01"},
		):
			bill(**other).insert()
		for again in ({"month": "2026-10-30"}, {"department": section}):
			with self.assertRaises(frappe.DuplicateEntryError):
				bill(**again).insert()

	def test_they_may_be_imported(self):
		for doctype in (SAVINGS_FACTOR, UTILITY_BILL):
			self.assertTrue(frappe.get_meta(doctype).allow_import)
