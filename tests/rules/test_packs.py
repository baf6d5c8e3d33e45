"""The shipped policy packs are complete, and a damaged one is refused with its file and the entry at fault."""

import copy
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase

import yaml
from mkd_support import FIRST_DAY, PACK, the_pack

from mkd_hrms.policy import packs
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import PREDICATES, Gate
from mkd_hrms.policy.packs import CLAUSES, PARAMETERS, PackError

TEXT = (packs.FOLDER / f"{PACK}.yaml").read_text(encoding="utf-8")
CONTENT = yaml.safe_load(TEXT)


def written(content):
	"""A pack's content as YAML, by the library in C where there is one: the packs are read as they always are."""
	return yaml.dump(content, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True)


class TestShippedPacks(TestCase):
	def each(self):
		return [packs.load(name) for name in packs.names()]

	def test_there_is_the_pack_of_west_java_and_it_starts_on_its_day(self):
		self.assertIn(PACK, packs.names())
		self.assertEqual(the_pack().effective_from, FIRST_DAY)
		self.assertEqual(the_pack().weekly_limit, 4)

	def test_the_pack_of_2025_puts_a_ceiling_of_two_days_over_west_java_counts_from_the_post_and_changes_nothing_else(
		self,
	):
		west_java, later = the_pack(), the_pack("permenpanrb-2025")
		self.assertEqual(later.effective_from, date(2025, 4, 21))
		self.assertEqual(later.legal_ceiling, 2)
		self.assertIn("PermenPANRB 4/2025", later.clause("legal_ceiling"))
		changed = {name for name in PARAMETERS if getattr(west_java, name) != getattr(later, name)}
		self.assertEqual(changed, {"legal_ceiling", "new_counts_from"})
		self.assertEqual((west_java.new_counts_from, later.new_counts_from), ("Joining", "Post"))

	def test_what_cannot_be_known_yet_is_not_asked_for(self):
		for policy in self.each():
			off = {Gate.TALENT_BOX, Gate.REPORTS, Gate.TRK, Gate.AGREEMENT}
			self.assertTrue(policy.gates.isdisjoint(off), policy.name)

	def test_a_pack_that_is_not_shipped_is_refused_with_the_ones_that_are(self):
		with self.assertRaisesRegex(PackError, f"no policy pack 'jabar-1999'; there are .*{PACK}"):
			packs.load("jabar-1999")

	def test_every_value_and_every_clause_has_a_unit_and_a_source(self):
		for policy in self.each():
			self.assertEqual(set(policy.sources), {*PARAMETERS, *CLAUSES})
			for name, entry in policy.sources.items():
				self.assertTrue(entry.unit.strip() and entry.source.strip(), name)
			self.assertTrue(policy.name and policy.legal_basis)

	def test_every_pack_begins_on_a_date_of_its_own(self):
		starts = [(policy.company, policy.effective_from) for policy in self.each()]
		self.assertEqual(len(set(starts)), len(starts))
		self.assertTrue(all(type(start) is date for _company, start in starts))

	def test_only_gates_that_the_engine_can_judge_are_switched_on(self):
		can_judge = {gate for gate, _ask in GATES} | {Gate.TIER}
		for policy in self.each():
			self.assertLessEqual(policy.gates, can_judge)

	def test_a_better_record_never_earns_less(self):
		for policy in self.each():
			rows = policy.tiers
			order = [(PREDICATES.index(row.predicate), row.max_absences) for row in rows]
			self.assertEqual(order, sorted(set(order)), "best predicate first, fewest absences first")
			self.assertTrue(all(row.weekly_limit <= policy.weekly_limit for row in rows))
			for first, second in pairwise(rows):
				if first.predicate == second.predicate:
					self.assertGreater(first.weekly_limit, second.weekly_limit)

	def test_every_scale_maps_all_predicates_from_the_top_down_to_zero(self):
		for policy in self.each():
			for source in {row.source for row in policy.predicates}:
				rows = [row for row in policy.predicates if row.source == source]
				self.assertEqual([row.predicate for row in rows], list(PREDICATES), source)
				scores = [row.min_score for row in rows]
				self.assertEqual(scores, sorted(scores, reverse=True), source)
				self.assertEqual(scores[-1], 0, source)
				self.assertIsNotNone(rows[0].max_score, f"{source} has no upper end")


class TestDamagedPacks(TestCase):
	def refusal(self, text):
		with TemporaryDirectory() as folder:
			path = Path(folder) / "damaged.yaml"
			path.write_text(text, encoding="utf-8")
			with self.assertRaises(PackError) as caught:
				packs.read(path)
		return str(caught.exception)

	def damaged(self, change):
		"""The message for the shipped pack after `change` has been applied to its content."""
		content = copy.deepcopy(CONTENT)
		change(content)
		return self.refusal(written(content))

	def with_value(self, name, value):
		return self.damaged(lambda content: content["parameters"][name].update(value=value))

	def test_the_copy_that_the_other_tests_damage_is_whole(self):
		with TemporaryDirectory() as folder:
			path = Path(folder) / "whole.yaml"
			path.write_text(written(CONTENT), encoding="utf-8")
			self.assertEqual(packs.read(path), the_pack())

	def test_a_value_of_the_wrong_kind_names_file_entry_value_and_expectation(self):
		wrong = {
			"weekly_limit": (-1, 4.0, "4", True, None, [4]),
			"legal_ceiling": (-1, 2.5, "2", True),
			"count_collective_days": (1, "yes", None),
			"absence_fails_at": (-0.5, "three", None, True, float("nan"), float("inf")),
			"min_predicate": ("Bagus", "", None, 3),
			"score_field": ("Score", None),
			"cut_off_time": (870, "half past two", "25:00", None),
			"employment_types": ("PNS", [1], [None], {"PNS": 1}),
			"talent_boxes": (5, "4, 5", [], [0], [10], [4, 4], [4.0], ["4"], [True], None),
			"gates": ("Status", ["Statuz"], ["Status", 1], None),
			"tiers": ("none", [["Baik", 0, 4]], {"Baik": 4}, None),
			"predicates": (["Baik"], [7], None),
			"ladder": (["Warning"], [7], None),
		}
		for name, values in wrong.items():
			for value in values:
				with self.subTest(name, value=value):
					message = self.with_value(name, value)
					self.assertRegex(message, rf"^damaged\.yaml: {name} is .*; expected ")

	def test_a_row_with_a_wrong_column_word_or_number_is_refused(self):
		tier = {"predicate": "Baik", "max_absences": 0, "weekly_limit": 4}
		scale = {"source": "TRK", "min_score": 90, "predicate": "Baik"}
		step = {"step": 1, "event": "No Show", "times": 1, "within_days": 1, "measure": "Warning", "days": 1}
		wrong = {
			"ladder": (
				step,
				(
					*({"event": "Late"}, {"measure": "Dismissal"}, {"times": 0}, {"within_days": 0}),
					*(
						{"days": 0},
						{"days": -1},
						{"months": 0.5},
						{"referral": 1},
						{"note": "x"},
						{"step": 0},
					),
				),
			),
			"tiers": (
				tier,
				({"predicate": "Cukup"}, {"weekly_limit": -1}, {"max_absences": 0.5}, {"note": "x"}),
			),
			"predicates": (
				scale,
				({"predicate": "Cukup"}, {"min_score": "90"}, {"source": ""}, {"maxscore": 120}),
			),
		}
		for name, (row, changes) in wrong.items():
			for change in changes:
				with self.subTest(name, change=change):
					message = self.with_value(name, [row | change])
					self.assertRegex(message, rf"^damaged\.yaml: {name} is .*; expected rows of")

	def test_a_row_without_one_of_its_columns_is_refused(self):
		self.assertRegex(self.with_value("tiers", [{"predicate": "Baik"}]), "tiers is .*; expected rows of")
		self.assertRegex(
			self.with_value("predicates", [{"source": "TRK"}]), "predicates is .*; expected rows"
		)
		self.assertRegex(self.with_value("ladder", [{"step": 1}]), "ladder is .*; expected rows of")

	def test_an_unknown_parameter_is_named_with_those_that_are_allowed(self):
		message = self.damaged(lambda content: content["parameters"].update(week_limit={}))
		self.assertRegex(
			message, r"^damaged\.yaml: parameters has unknown week_limit; allowed are weekly_limit"
		)

	def test_a_missing_parameter_is_named(self):
		message = self.damaged(lambda content: content["parameters"].pop("absence_fails_at"))
		self.assertEqual(message, "damaged.yaml: parameters lacks absence_fails_at.")

	def test_a_missing_clause_of_a_gate_is_named(self):
		message = self.damaged(lambda content: content["parameters"].pop("role"))
		self.assertEqual(message, "damaged.yaml: parameters lacks role.")

	def test_an_unknown_key_at_the_top_is_named(self):
		for key in ("policy", True):
			with self.subTest(key):
				message = self.damaged(lambda content, key=key: content.update({key: 1}))
				self.assertRegex(
					message, rf"^damaged\.yaml: top level has unknown {key}; allowed are policy_name"
				)

	def test_a_missing_header_is_named(self):
		for key in packs.HEADER:
			with self.subTest(key):
				message = self.damaged(lambda content, key=key: content.pop(key))
				self.assertEqual(message, f"damaged.yaml: top level lacks {key}.")

	def test_an_entry_without_unit_or_source_is_named(self):
		for key in ("unit", "source"):
			with self.subTest(key):
				message = self.damaged(
					lambda content, key=key: content["parameters"]["weekly_limit"].pop(key)
				)
				self.assertEqual(message, f"damaged.yaml: weekly_limit lacks {key}.")

	def test_an_empty_unit_or_source_is_no_unit_and_no_source(self):
		for key in ("unit", "source"):
			for nothing in (None, "", "  ", 5):
				with self.subTest(key, nothing=nothing):
					damage = {key: nothing}
					message = self.damaged(lambda content, d=damage: content["parameters"]["role"].update(d))
					self.assertRegex(message, rf"^damaged\.yaml: {key} of role is ")

	def test_a_clause_does_not_take_a_value(self):
		message = self.damaged(lambda content: content["parameters"]["status"].update(value=1))
		self.assertRegex(message, r"^damaged\.yaml: status has unknown value; allowed are unit, source")

	def test_an_entry_or_a_pack_that_is_no_mapping_is_refused(self):
		message = self.damaged(lambda content: content["parameters"].update(weekly_limit=4))
		self.assertRegex(message, r"^damaged\.yaml: weekly_limit must be a mapping with value, unit, source")
		message = self.damaged(lambda content: content.update(parameters=[4]))
		self.assertRegex(message, r"^damaged\.yaml: parameters must be a mapping")
		for text in ("", "- a list\n", "words\n"):
			with self.subTest(text):
				self.assertRegex(self.refusal(text), r"^damaged\.yaml: expected a mapping with policy_name")

	def test_a_start_that_is_no_plain_date_is_refused(self):
		for start in ("2023-06-19 00:00:00", "June 2023", "2023", '"2023-06-19"'):
			with self.subTest(start):
				text = TEXT.replace("effective_from: 2023-06-19", f"effective_from: {start}")
				self.assertRegex(self.refusal(text), r"^damaged\.yaml: effective_from must be a date like")

	def test_a_name_or_legal_basis_that_is_empty_is_refused(self):
		for key in ("policy_name", "legal_basis"):
			with self.subTest(key):
				message = self.damaged(lambda content, key=key: content.update({key: None}))
				self.assertRegex(message, rf"^damaged\.yaml: {key} is None; expected words")

	def test_a_time_without_quotes_is_refused_because_yaml_reads_minutes(self):
		text = TEXT.replace('value: "14:30"', "value: 14:30")
		self.assertRegex(
			self.refusal(text), r"^damaged\.yaml: cut_off_time is 870; expected a time in quotes"
		)

	def test_a_number_that_yaml_reads_as_another_one_is_refused_as_it_is_written(self):
		for written, read in (("010", 8), ("0x4", 4), ("0b11", 3), ("1:04", 64), ("0_4", 4)):
			with self.subTest(written):
				text = TEXT.replace("value: 4\n", f"value: {written}\n", 1)
				self.assertRegex(
					self.refusal(text),
					rf"^damaged\.yaml: weekly_limit is {read}; expected .* YAML reads {written} as {read};",
				)
		text = TEXT.replace("weekly_limit: 4}", "weekly_limit: 04}", 1)
		self.assertRegex(self.refusal(text), r"tiers is .* Look at row 1: .* YAML reads 04 as 4;")

	def test_a_day_that_the_calendar_does_not_have_is_refused(self):
		for old, new in (
			("effective_from: 2023-06-19", "effective_from: 2025-02-30"),
			("from_date: 2023-06-19", "from_date: 2023-06-31"),
			("effective_from: 2023-06-19", "effective_from: 0023-06-19"),
		):
			with self.subTest(new):
				self.assertRegex(self.refusal(TEXT.replace(old, new, 1)), r"^damaged\.yaml: ")

	def test_a_number_that_no_policy_can_have_is_refused_with_the_greatest_one(self):
		for name, value, most in (
			*((name, 8, 7) for name in ("weekly_limit", "legal_ceiling", "min_office_days")),
			*(
				(name, 100.5, 100)
				for name in ("unit_cap_percent", "min_on_site_percent", "max_unknown_percent")
			),
			("absence_window_months", 1201, 1200),
			("horizon_days", 36526, 36525),
			("absence_fails_at", 367, 366),
			("report_max_minutes", 1441, 1440),
		):
			with self.subTest(name):
				self.assertRegex(self.with_value(name, value), f"{name} is {value}; expected 0 to {most}")
				self.damaged_only_by(name, most)
		self.assertRegex(self.with_value("evidence_max_mb", 10**9), "evidence_max_mb is 1000000000; expected")

	def damaged_only_by(self, name, value):
		"""The greatest number that is allowed is taken."""
		content = copy.deepcopy(CONTENT)
		content["parameters"][name]["value"] = value
		with TemporaryDirectory() as folder:
			path = Path(folder) / "whole.yaml"
			path.write_text(written(content), encoding="utf-8")
			self.assertEqual(getattr(packs.read(path), name), value)

	def test_a_row_that_no_policy_can_have_is_refused_by_its_number(self):
		for name, row, change in (
			("tiers", 2, {"weekly_limit": 8}),
			("tiers", 1, {"max_absences": 367}),
			("predicates", 1, {"max_score": 4}),
			("predicates", 1, {"min_score": float("nan")}),
			("working_hours", 1, {"working_days": 8}),
			("working_hours", 1, {"working_days": 0}),
			("working_hours", 2, {"to_date": date(2024, 1, 9)}),
			("working_hours", 1, {"week_minutes": 10081}),
			("ladder", 3, {"months": 1201}),
			("ladder", 1, {"within_days": 40000}),
		):
			with self.subTest(name, change=change):
				message = self.damaged(
					lambda content, n=name, r=row, c=change: content["parameters"][n]["value"][r - 1].update(
						c
					)
				)
				self.assertRegex(
					message, rf"^damaged\.yaml: {name} is .*; expected rows of .* Look at row {row}:"
				)

	def test_a_row_that_stands_twice_is_refused(self):
		for name in ("tiers", "predicates", "working_hours", "ladder", "gates", "employment_types"):
			with self.subTest(name):
				message = self.damaged(
					lambda content, n=name: content["parameters"][n]["value"].append(
						copy.deepcopy(content["parameters"][n]["value"][0])
					)
				)
				self.assertRegex(message, rf"^damaged\.yaml: {name} is .*; expected .* once")

	def test_a_time_in_another_form_is_refused(self):
		for value in ("14:30+07:00", "1430", "14", " 14:30", "24:00", "14:30:00.5"):
			with self.subTest(value):
				self.assertRegex(
					self.with_value("cut_off_time", value), "cut_off_time is .*; expected a time"
				)

	def test_what_yaml_can_do_beside_values_is_refused(self):
		for value in ("&a [*a]", "!!int four", "!!bool four", "!!float four", "!!timestamp four", "[" * 3000):
			with self.subTest(value[:20]):
				text = TEXT.replace("value: 4\n", f"value: {value}\n", 1)
				self.assertRegex(self.refusal(text), r"^damaged\.yaml: no readable YAML")

	def test_a_parameter_that_stands_twice_is_refused(self):
		text = TEXT + "  weekly_limit: {value: 5, unit: days per ISO week, source: nobody}\n"
		self.assertRegex(self.refusal(text), r"^damaged\.yaml: no readable YAML: a key stands here twice")

	def test_a_file_that_is_no_yaml_is_refused(self):
		self.assertRegex(self.refusal("policy_name: [MKD\n"), r"^damaged\.yaml: no readable YAML")
