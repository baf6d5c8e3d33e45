"""What `make benchmark` concludes from its measurements: medians, per employee, and only from what was measured."""

from copy import deepcopy
from unittest import TestCase

import mkd_scripts  # noqa: F401
from mkd_support import ROOT

from benchmarks.conclusions import TARGETS, conclusions, verdict
from benchmarks.report import as_text, entered


def runs(*seconds, **details):
	return [{"seconds": each, "statements": 9, "peak_mb": 100.0, **details} for each in seconds]


def requests(ours, peers):
	figures = ("ms_median", "ms_p95", "sql_median", "sql_p95")
	return {
		name: dict(zip(figures, values, strict=True))
		for name, values in (("MKD Request", ours), ("Attendance Request", peers))
	}


def at_size(employees, first, scan, sheet=()):
	"""The rounds at one size; the sheet has a row for everybody who is evaluated and as many again."""
	found = {
		"active": employees,
		"attendance_rows": employees * 262,
		"scan": runs(*scan, employees=employees),
		"first": runs(*first, employees=employees, rows_written=employees),
		"unchanged": runs(*(each / 2 for each in first), employees=employees, rows_written=0),
	}
	return found | ({"sheet": runs(*sheet, employees=2 * employees)} if sheet else {})


MEASURED = {
	"request": {
		"scripts_off": {
			"1": requests((120, 150, 90, 95), (100, 130, 100, 100)),
			"4": requests((110, 150, 92, 95), (220, 240, 180, 180)),
		},
		"scripts_on": {
			"1": requests((999, 999, 999, 999), (1, 1, 1, 1)),
			"4": requests((999, 999, 999, 999), (1, 1, 1, 1)),
		},
	},
	"batch": {
		"1000": at_size(1000, first=(1, 1, 1), scan=(1, 1, 1), sheet=(1, 1, 1)),
		"5000": at_size(5000, first=(90, 5, 6), scan=(2, 1, 50), sheet=(300, 400, 100)),
		"20000": at_size(20000, first=(24, 24, 24), scan=(3, 3, 3)),
	},
	"outside_a_site": [
		{
			"employees": 100_000,
			"agencies": 1,
			"sample": {"seconds": 40.0, "peak_mb": 900.0},
			"simulate": {"seconds": 19.4, "peak_mb": 800.0},
		}
	],
}
IMPORTS = {
	**{"rows": 50_000, "active": 4700, "check_seconds": 20.0, "seconds": 45.0, "peak_mb": 200.0},
	"stored_when_killed": 17_000,
	"peer": {"rows": 5000, "seconds": 180.0},
	"undo": {"rows": 50_000, "seconds": 40.0, "peer": {"rows": 1000, "seconds": 20.0}},
}
CONDITIONS = {
	"commit": "abc",
	"machine": {
		"measured_at": "2026-11-24",
		"processors": 2,
		"processor": "Some",
		"memory_mb": 24_000,
		"load": 0.1,
		"mariadb": "10.11",
		"buffer_pool_mb": 4096,
		"durability": {"innodb_flush_log_at_trx_commit": "1"},
	},
	"versions": {"frappe": "15.0.0"},
}


class TestConclusions(TestCase):
	def measured(self):
		return deepcopy(MEASURED)

	def test_requests_are_compared_with_the_server_scripts_off(self):
		found = conclusions(MEASURED)
		self.assertEqual(found["request_time_ratio"], 1.2)
		self.assertEqual(found["request_sql_ratio"], 0.9)
		self.assertEqual(found["request_week_time_ratio"], 0.5)

	def test_the_sheet_is_compared_for_one_employee_at_5000_by_medians(self):
		self.assertEqual(conclusions(MEASURED)["batch_speedup_vs_monthly_sheet"], (300 / 10_000) / (6 / 5000))

	def test_runs_are_compared_with_the_scan_at_5000_by_medians(self):
		found = conclusions(MEASURED)
		self.assertEqual(found["batch_first_run_vs_scan"], 3)
		self.assertEqual(found["batch_unchanged_run_vs_scan"], 1.5)

	def test_growth_is_from_5000_to_20000(self):
		self.assertEqual(conclusions(MEASURED)["batch_growth_5k_20k"], 4)

	def test_the_peak_is_that_of_the_biggest_run(self):
		measured = self.measured()
		measured["batch"]["5000"]["first"][0]["peak_mb"] = 900.0
		measured["batch"]["20000"]["unchanged"][1]["peak_mb"] = 350.0
		self.assertEqual(conclusions(measured)["batch_peak_mb"], 350)

	def test_one_row_that_a_second_run_writes_shows_at_any_size(self):
		measured = self.measured()
		measured["batch"]["1000"]["unchanged"][2]["rows_written"] = 1
		self.assertEqual(conclusions(measured)["second_run_rows_written"], 1)

	def test_only_the_trial_counts_outside_a_site(self):
		self.assertEqual(conclusions(MEASURED)["simulate_100k_seconds"], 19.4)

	def test_the_largest_scale_adds_its_own_figures(self):
		measured = self.measured()
		measured["batch"]["100000"] = at_size(100_000, first=(70, 71, 72), scan=(9, 9, 9))
		nation = {**MEASURED["outside_a_site"][0], "employees": 4_824_000, "simulate": {"seconds": 900.0}}
		measured["outside_a_site"].append(nation)
		found = conclusions(measured)
		self.assertEqual(list(found), list(TARGETS))
		self.assertEqual((found["batch_100k_seconds"], found["simulate_4800k_seconds"]), (71, 900))

	def test_what_was_not_measured_has_no_figure(self):
		measured = {"request": MEASURED["request"], "batch": {"1000": MEASURED["batch"]["1000"]}}
		missing = set(TARGETS) - conclusions(measured).keys()
		self.assertEqual(
			missing,
			{
				"batch_growth_5k_20k",
				"batch_100k_seconds",
				"simulate_100k_seconds",
				"simulate_4800k_seconds",
			},
		)

	def test_a_file_is_told_beside_the_peer_row_by_row(self):
		found = conclusions({"imports": IMPORTS})
		expected = {"import_100k_seconds": 90.0, "import_speedup_vs_data_import": 40.0}
		expected |= {"undo_100k_seconds": 80.0, "undo_speedup_vs_documents": 25.0}
		self.assertEqual(found, expected)
		self.assertEqual(verdict("import_100k_seconds", 300), "under 300: NOT REACHED")
		table = as_text({**found, "details": {"imports": IMPORTS, "outside_a_site": [], **CONDITIONS}})
		for words in (
			"50,000 rows of 4,700 employees",
			"with 17,000 rows stored",
			"Data Import of 5,000",
			"back 1,000",
		):
			self.assertIn(words, table)


class TestTheTable(TestCase):
	def table(self):
		results = {**conclusions(MEASURED), "details": {**MEASURED, **CONDITIONS}}
		return as_text(results).splitlines()

	def test_targets_say_whether_they_are_reached_at_their_very_border(self):
		self.assertEqual(verdict("request_time_ratio", 1.0), "at most 1.0: reached")
		self.assertEqual(verdict("request_time_ratio", 1.01), "at most 1.0: NOT REACHED")
		self.assertEqual(verdict("batch_speedup_vs_monthly_sheet", 30), "at least 30: reached")
		self.assertEqual(verdict("simulate_100k_seconds", 20.0), "under 20: NOT REACHED")
		self.assertEqual(verdict("batch_growth_5k_20k", 4.4), "at most 4.4: reached")
		self.assertEqual(verdict("batch_growth_5k_20k", 4.41), "at most 4.4: NOT REACHED")
		self.assertEqual(verdict("simulate_4800k_seconds", 505.0), "")

	def test_it_is_one_table_with_a_row_for_each_figure(self):
		rows = [line for line in self.table() if line.startswith("|")]
		self.assertEqual(len({line.count("|") for line in rows}), 1)
		self.assertEqual(len({len(line) for line in rows}), 1)
		for key in conclusions(MEASURED):
			self.assertTrue(any(f"`{key}`" in line for line in rows), key)

	def test_it_says_under_which_conditions(self):
		conditions = " ".join(line for line in self.table() if not line.startswith("|"))
		for text in ("2 processors", "buffer pool 4,096 MB", "frappe 15.0.0", "commit abc", "load 0.1"):
			self.assertIn(text, conditions)

	def test_it_takes_the_place_of_the_one_before_in_its_page(self):
		page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
		for kind in ("agency", "province"):
			once = entered(page, "first table", kind)
			self.assertEqual(entered(once, "second table", kind), once.replace("first table", "second table"))
			self.assertEqual(once.count("table\n<!-- /measured -->"), 1)
		with self.assertRaises(ValueError):
			entered("no such lines", "table", "agency")
