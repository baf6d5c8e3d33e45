"""The figures that are compared between runs, computed from what was measured, and their targets.

Standard library only: it runs outside the bench.
"""

import statistics

from benchmarks.province import concluding as province

REQUEST, PEER = "MKD Request", "Attendance Request"
# The size at which the targets of the batch are set; the largest that was run where it was not reached.
REFERENCE = 5000
MILLION = 1_000_000
# Key, the target as a person writes it, and whether a figure reaches it; a figure without a target is only told.
TARGETS = {
	"request_time_ratio": ("at most 1.0", lambda value: value <= 1.0),
	"request_sql_ratio": ("at most 1.0", lambda value: value <= 1.0),
	"request_week_time_ratio": ("at most 0.6", lambda value: value <= 0.6),
	"batch_speedup_vs_monthly_sheet": ("at least 30", lambda value: value >= 30),
	"batch_first_run_vs_scan": ("at most 8", lambda value: value <= 8),
	"batch_unchanged_run_vs_scan": ("at most 4", lambda value: value <= 4),
	"batch_growth_5k_20k": ("at most 4.4", lambda value: value <= 4.4),
	"batch_peak_mb": ("under 400", lambda value: value < 400),
	"second_run_rows_written": ("0", lambda value: value == 0),
	"batch_100k_seconds": ("under 75", lambda value: value < 75),
	"simulate_100k_seconds": ("under 20", lambda value: value < 20),
	"simulate_4800k_seconds": None,
}
OF_IMPORTS = {
	"import_100k_seconds": ("under 300", lambda value: value < 300),
	"import_speedup_vs_data_import": ("at least 5", lambda value: value >= 5),
	"undo_100k_seconds": None,
	"undo_speedup_vs_documents": ("at least 5", lambda value: value >= 5),
}
ALL_TARGETS = {**TARGETS, **OF_IMPORTS, **province.TARGETS}


def conclusions(measured):
	"""By key, in the order of the targets; what was not measured has no key."""
	found = _outside(measured.get("outside_a_site", ()))
	if "request" in measured:
		found |= _request(measured["request"]["scripts_off"]) | _batch(measured["batch"])
	if "imports" in measured:
		found |= _imports(measured["imports"])
	if "province" in measured:
		found |= province.conclusions(measured["province"])
	return {key: round(found[key], 2) for key in ALL_TARGETS if key in found}


def verdict(key, value):
	"""The target of a figure and whether it is reached; empty where there is none."""
	if not ALL_TARGETS[key]:
		return ""
	target, reaches = ALL_TARGETS[key]
	return f"{target}: {'reached' if reaches(value) else 'NOT REACHED'}"


def _request(by_days):
	one, week = by_days["1"], by_days["4"]
	return {
		"request_time_ratio": _ratio(one, "ms_median"),
		"request_sql_ratio": _ratio(one, "sql_median"),
		"request_week_time_ratio": _ratio(week, "ms_median"),
	}


def _ratio(pair, figure):
	return pair[REQUEST][figure] / pair[PEER][figure]


def _batch(batch):
	sizes = sorted(map(int, batch))
	reference = batch[str(max(size for size in sizes if size <= REFERENCE))]
	largest = batch[str(sizes[-1])]
	found = {
		"batch_speedup_vs_monthly_sheet": each(reference["sheet"]) / each(reference["first"]),
		"batch_first_run_vs_scan": seconds(reference["first"]) / seconds(reference["scan"]),
		"batch_unchanged_run_vs_scan": seconds(reference["unchanged"]) / seconds(reference["scan"]),
		"batch_peak_mb": max(run["peak_mb"] for run in (*largest["first"], *largest["unchanged"])),
		"second_run_rows_written": max(
			run["rows_written"] for at_size in batch.values() for run in at_size["unchanged"]
		),
	}
	if {5000, 20000} <= set(sizes):
		found["batch_growth_5k_20k"] = seconds(batch["20000"]["first"]) / seconds(batch["5000"]["first"])
	if 100_000 in sizes:
		found["batch_100k_seconds"] = seconds(batch["100000"]["first"])
	return found


def _outside(runs):
	"""Only the trial counts: nobody invents an agency to try a policy on his own."""
	return {
		f"simulate_{'4800k' if run['employees'] > MILLION else '100k'}_seconds": run["simulate"]["seconds"]
		for run in runs
	}


def _imports(found):
	"""As many rows as it has: Data Import takes a part of them."""
	undo = found["undo"]
	return {
		"import_100k_seconds": 100_000 * _a_row(found),
		"import_speedup_vs_data_import": _a_row(found["peer"]) / _a_row(found),
		"undo_100k_seconds": 100_000 * _a_row(undo),
		"undo_speedup_vs_documents": _a_row(undo["peer"]) / _a_row(undo),
	}


def _a_row(run):
	return run["seconds"] / run["rows"]


def seconds(runs):
	"""The median of the rounds."""
	return statistics.median(run["seconds"] for run in runs)


def each(runs):
	"""Seconds for one employee."""
	return statistics.median(run["seconds"] / run["employees"] for run in runs)
