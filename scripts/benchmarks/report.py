"""The ratios, the targets, and the table. Standard library only: it runs outside the bench."""

import statistics

REQUEST, PEER = "MKD Request", "Attendance Request"
# The size at which the targets of the batch are set; the largest that was run where it was not reached.
REFERENCE = 5000
# Key, the target as a person writes it, and whether a figure reaches it.
TARGETS = (
	("request_time_ratio", "at most 1.0", lambda value: value <= 1.0),
	("request_sql_ratio", "at most 1.0", lambda value: value <= 1.0),
	("request_week_time_ratio", "at most 0.6", lambda value: value <= 0.6),
	("batch_speedup_vs_monthly_sheet", "at least 30", lambda value: value >= 30),
	("batch_first_run_vs_scan", "at most 8", lambda value: value <= 8),
	("batch_unchanged_run_vs_scan", "at most 4", lambda value: value <= 4),
	("second_run_rows_written", "0", lambda value: value == 0),
)
WITHOUT_TARGET = ("request_week_sql_ratio", "batch_growth_5k_20k", "batch_peak_mb", "simulate_100k_seconds")
SETTINGS = {"scripts_off": "Server Scripts off", "scripts_on": "Server Scripts on"}


def conclusions(results):
	"""The figures that are compared between runs; what was not measured has no key."""
	one, week = (results["request"]["scripts_off"][days] for days in ("1", "4"))
	found = {
		"request_time_ratio": _ratio(one, "ms_median"),
		"request_sql_ratio": _ratio(one, "sql_median"),
		"request_week_time_ratio": _ratio(week, "ms_median"),
		"request_week_sql_ratio": _ratio(week, "sql_median"),
	}
	sizes = sorted(int(size) for size in results["batch"])
	reference = max(size for size in sizes if size <= REFERENCE)
	batch = results["batch"][str(reference)]
	scan, first, unchanged = (seconds(batch, name) for name in ("scan", "first", "unchanged"))
	(sheet,) = batch["sheet"]
	found |= {
		"batch_employees": reference,
		"batch_speedup_vs_monthly_sheet": (sheet["seconds"] / sheet["employees"])
		/ (first / batch["first"][0]["evaluated"]),
		"batch_first_run_vs_scan": first / scan,
		"batch_unchanged_run_vs_scan": unchanged / scan,
		"batch_peak_mb": max(run["peak_mb"] for run in (*batch["first"], *batch["unchanged"])),
		"second_run_rows_written": max(run["rows_written"] for run in batch["unchanged"]),
	}
	if {5000, 20000} <= set(sizes):
		first_of = {size: seconds(results["batch"][str(size)], "first") for size in (5000, 20000)}
		found["batch_growth_5k_20k"] = first_of[20000] / first_of[5000]
	if "outside_a_site" in results:
		found["simulate_100k_seconds"] = sum(results["outside_a_site"].values())
	return {key: round(value, 2) for key, value in found.items()}


def _ratio(pair, figure):
	return pair[REQUEST][figure] / pair[PEER][figure]


def seconds(batch, name):
	"""The median of the rounds."""
	return statistics.median(run["seconds"] for run in batch[name])


def print_table(results):
	print("\n".join(["", *_head(results), "", *_requests(results["request"])]))
	for size, batch in results["batch"].items():
		print("\n".join(["", *_batch(int(size), batch)]))
	print("\n".join(["", *_targets(results)]))


def _head(results):
	machine, versions = results["machine"], results["versions"]
	return [
		f"{machine['processors']} processors ({machine['processor']}), MariaDB {machine['mariadb']},"
		f" buffer pool {machine['buffer_pool_mb']} MB, log flushed at commit {machine['flush_log_at_commit']}",
		f"{', '.join(f'{app} {version}' for app, version in versions.items())}, {machine['measured_at']}",
	]


def _requests(request):
	yield f"{'Insert, apply, approve':<52}{'ms median':>10}{'ms p95':>8}{'SQL median':>12}{'SQL p95':>9}"
	for setting, by_days in request.items():
		for days, pair in by_days.items():
			for doctype, found in pair.items():
				label = f"{doctype}, {days} day{'s' if days != '1' else ''}, {SETTINGS[setting]}"
				yield (
					f"{label:<52}{found['ms_median']:>10.0f}{found['ms_p95']:>8.0f}"
					f"{found['sql_median']:>12.0f}{found['sql_p95']:>9.0f}"
				)


def _batch(size, batch):
	title = f"{size:,} employees, {batch['active']:,} active, {batch['attendance_rows']:,} attendances"
	yield f"{title:<62}{'seconds':>8}{'ms each':>9}{'SQL':>8}{'peak MB':>9}"
	for name, label in (
		("scan", "Bare scan of a year"),
		("first", "First evaluation of everybody, a year"),
		("unchanged", "Unchanged evaluation"),
		("sheet", "Monthly Attendance Sheet, 84 days"),
	):
		if name in batch:
			run, taken = batch[name][0], seconds(batch, name)
			each = taken * 1000 / (run.get("evaluated") or run["employees"])
			peak = f"{max(run['peak_mb'] for run in batch[name]):.0f}" if "peak_mb" in run else ""
			yield f"  {label:<60}{taken:>8.2f}{each:>9.3f}{run.get('statements', 1):>8,}{peak:>9}"


def _targets(results):
	yield f"{'Key':<36}{'figure':>10}  target"
	for key, target, reaches in TARGETS:
		answer = "reached" if reaches(results[key]) else "NOT REACHED"
		yield f"{key:<36}{results[key]:>10}  {target}: {answer}"
	for key in WITHOUT_TARGET:
		yield f"{key:<36}{results.get(key, 'not run'):>10}"
