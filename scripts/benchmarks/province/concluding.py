"""What follows from the measurements of a province. Standard library only.

A figure is that of the worst question: nobody waits for an average. Medians are compared with medians.
"""

import statistics

REQUEST, PEER, ATTENDANCE = "MKD Request", "Leave Application", "Attendance Request"
# What must be there at once, and what may take a moment.
PAGES = ("list", "count", "search", "workspace", "notifications", "form")
KINDS = (*PAGES, "calendar", "report", "board")
# A job that writes less is dear for each row because it looks at many.
ROWS_WORTH_COUNTING = 100
# Two answers of less than so many milliseconds differ by chance.
NOISE = 20
# As those of the other measurements: key, the target as a person writes it, and whether a figure reaches it.
TARGETS = {
	"province_page_seconds": ("at most 0.15", lambda value: value <= 0.15),
	"province_page_growth": ("at most 1.3", lambda value: value <= 1.3),
	"province_page_vs_leave": ("at most 1.0", lambda value: value <= 1.0),
	"province_page_errors": ("0", lambda value: value == 0),
	"province_calendar_seconds": ("at most 0.3", lambda value: value <= 0.3),
	"province_calendar_kb": ("at most 300", lambda value: value <= 300),
	"province_board_seconds": ("at most 1", lambda value: value <= 1),
	"province_board_kb": ("at most 150", lambda value: value <= 150),
	"province_report_seconds": ("at most 2", lambda value: value <= 2),
	"province_job_seconds": ("at most 60", lambda value: value <= 60),
	"province_job_sql_per_100_rows": ("at most 60", lambda value: value <= 60),
	"province_night_vs_scan": ("at most 3", lambda value: value <= 3),
	"province_night_two_workers": ("at most 0.6", lambda value: value <= 0.6),
	"province_crowd_vs_attendance": ("at least 1.6", lambda value: value >= 1.6),
	"province_crowd_p99_vs_attendance": ("at most 0.5", lambda value: value <= 0.5),
	"province_crowd_errors": ("0", lambda value: value == 0),
	"province_mb_per_employee_year": None,
}


def conclusions(found):
	return {
		**_pages(found),
		**_jobs(found),
		**_night(found["night"]),
		**_crowd(found["crowd"]),
		**_sizes(found["sizes"]),
	}


def _pages(found):
	look = [entry for entry in answered(found["look"]) if not of_the_peer(entry)]
	month = by_question(found["look_month"])
	pages = [entry for entry in look if entry["kind"] in PAGES]
	grown = [
		entry["ms_median"] / max(month[question(entry)]["ms_median"], NOISE)
		for entry in pages
		if question(entry) in month
	]
	calendars = [entry for entry in look if entry["kind"] == "calendar"]
	reports = [entry["ms_p95"] for entry in look if entry["kind"] == "report"]
	return {
		"province_page_seconds": max(entry["ms_p95"] for entry in pages) / 1000,
		"province_page_growth": max(grown),
		"province_page_vs_leave": max(beside_leave(found["look"])),
		"province_calendar_seconds": max(entry["ms_p95"] for entry in calendars) / 1000,
		"province_calendar_kb": max(entry["bytes"] for entry in calendars) / 1024,
		"province_report_seconds": max(reports) / 1000,
		"province_page_errors": sum(entry.get("refused", 0) >= 500 for entry in found["look"]),
		**_boards(look),
	}


def _boards(look):
	"""Nothing of a look that is older than the board."""
	boards = [entry for entry in look if entry["kind"] == "board"]
	if not boards:
		return {}
	return {
		"province_board_seconds": max(entry["ms_p95"] for entry in boards) / 1000,
		"province_board_kb": max(entry["bytes"] for entry in boards) / 1024,
	}


def beside_leave(look):
	"""Our requests beside leave, question by question in every role, where both were answered."""
	known = by_question(look)
	for (role, kind, name), entry in known.items():
		if of_the_peer(entry):
			ours = known.get((role, kind, name.replace(PEER, REQUEST)))
			if ours:
				yield ours["ms_median"] / max(entry["ms_median"], NOISE)


def _jobs(found):
	jobs = found["jobs"]["first"]
	night = next(job["seconds"] for job in jobs if job["name"] == "refresh_company")
	dear = [job["statements_per_hundred_rows"] for job in jobs if job["rows_written"] >= ROWS_WORTH_COUNTING]
	return {
		"province_job_seconds": max(job["seconds"] for job in jobs),
		"province_job_sql_per_100_rows": max(dear),
		"province_night_vs_scan": night / found["scan"]["seconds"],
	}


def _night(night):
	"""Medians of nights that took turns; JSON has made texts of the numbers of workers."""
	one, two = (statistics.median(run["seconds"] for run in night[workers]) for workers in ("1", "2"))
	return {"province_night_two_workers": two / one}


def _crowd(crowd):
	ours, peer = crowd[REQUEST], crowd[ATTENDANCE]
	return {
		"province_crowd_vs_attendance": ours["approved_a_minute"] / peer["approved_a_minute"],
		"province_crowd_p99_vs_attendance": ours["ms_p99"] / peer["ms_p99"],
		"province_crowd_errors": errors(ours),
	}


def _sizes(sizes):
	return {"province_mb_per_employee_year": sum(sizes["mb_per_employee_year"].values())}


def errors(crowd):
	"""Deadlocks that somebody saw, and answers that the server did not mean."""
	return crowd["deadlocks"] + sum(times for status, times in crowd["status"].items() if int(status) >= 500)


def pages(found):
	"""By role and kind: median and p95 now, the same after a month, and which question is slowest now."""
	month = by_question(found["look_month"])
	groups = {}
	for entry in answered(found["look"]):
		who = PEER if of_the_peer(entry) else "MKD"
		groups.setdefault((who, entry["role"], entry["kind"]), []).append(entry)
	for (who, role, kind), entries in sorted(groups.items()):
		before = [month[question(entry)] for entry in entries if question(entry) in month]
		slowest = max(entries, key=lambda entry: entry["ms_p95"])["name"]
		label = f"{who}, {role}: {kind}, {len(entries)} questions, slowest"
		yield label, figures(entries), figures(before), slowest


def figures(entries):
	"""The median of the medians, and the worst of the p95."""
	if not entries:
		return 0.0, 0.0
	return statistics.median(entry["ms_median"] for entry in entries), max(
		entry["ms_p95"] for entry in entries
	)


def largest(sizes, many=12):
	both = {**sizes["mb_per_employee_year"], **sizes["of_the_platform"]}
	return sorted(both.items(), key=lambda item: -item[1])[:many]


def answered(look):
	return [entry for entry in look if "ms_median" in entry]


def by_question(look):
	return {question(entry): entry for entry in answered(look)}


def question(entry):
	return entry["role"], entry["kind"], entry["name"]


def of_the_peer(entry):
	return PEER in entry["name"]
