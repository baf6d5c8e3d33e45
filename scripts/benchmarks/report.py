"""One table with everything that was measured, and what follows from it: Markdown, as docs/performance.md holds it.

Standard library only: it runs outside the bench.
"""

from benchmarks.conclusions import seconds, verdict
from benchmarks.province import concluding as province

# Between these lines the page holds the table.
# Between these lines stands the table of a kind of run.
BEGIN, END = "<!-- measured: {} -->\n", "<!-- /measured -->\n"
HEAD = ("", "Median", "95 of 100", "Employees a second", "SQL", "Peak MB", "Target")
SETTINGS = {"scripts_off": "Server Scripts off", "scripts_on": "Server Scripts on"}
BATCH = {
	"scan": "Bare scan of a year of attendance",
	"first": "First evaluation of everybody, a year",
	"unchanged": "Unchanged evaluation",
	"sheet": "Monthly Attendance Sheet, 84 days",
	"earned_leave": "HRMS's allocation of earned leave",
}


def as_text(results):
	"""What the figures depend on, then the table."""
	details = results["details"]
	rows = [
		*_requests(details.get("request", {})),
		*(row for size, batch in details.get("batch", {}).items() for row in _batch(int(size), batch)),
		*_province(details.get("province")),
		*_imports(details.get("imports")),
		*(row for run in details["outside_a_site"] for row in _outside(run)),
		*_conclusions(results),
	]
	return "\n".join([*_conditions(details), "", *_table([HEAD, *rows])])


def entered(page, text, kind):
	"""A page with the table in place of the one it holds of this kind of run."""
	begin = BEGIN.format(kind)
	before, _begin, rest = page.partition(begin)
	_old, end, after = rest.partition(END)
	if not end:
		raise ValueError("The page lacks the lines between which the table stands.")
	return f"{before}{begin}{text}\n{END}{after}"


def _conditions(details):
	machine, versions = details["machine"], details["versions"]
	durability = ", ".join(f"{name} {value}" for name, value in machine["durability"].items())
	yield (
		f"{machine['processors']} processors ({machine['processor']}), {machine['memory_mb']:,} MB of memory,"
		f" load {machine['load']:.1f} at the start."
	)
	yield (
		f"MariaDB {machine['mariadb']}, buffer pool {machine['buffer_pool_mb']:,} MB for the run; as they were:"
		f" {durability}."
	)
	yield (
		f"{', '.join(f'{app} {version}' for app, version in versions.items())}; commit {details['commit']},"
		f" {machine['measured_at']}."
	)


def _requests(request):
	if request:
		yield _section("One request: insert, apply, approve")
	for setting, by_days in request.items():
		for days, pair in by_days.items():
			for doctype, found in pair.items():
				yield _row(
					f"{doctype}, {days} day{'s' if days != '1' else ''}, {SETTINGS[setting]}",
					f"{found['ms_median']:,.0f} ms",
					f"{found['ms_p95']:,.0f} ms",
					sql=f"{found['sql_median']:,.0f}",
				)


def _batch(size, batch):
	yield _section(
		f"{size:,} employees, {batch['active']:,} of them active, {batch['attendance_rows']:,} attendances"
	)
	for name, label in BATCH.items():
		if runs := batch.get(name):
			run, taken = runs[0], seconds(runs)
			yield _row(
				label + _written(run),
				f"{taken:,.2f} s",
				rate=f"{run['employees'] / taken:,.0f}",
				sql=f"{run['statements']:,}",
				peak=f"{max(run['peak_mb'] for run in runs):,.0f}" if "peak_mb" in run else "",
			)


def _written(run):
	return f" ({run['rows_written']:,} rows written)" if "rows_written" in run else ""


def _outside(run):
	many = f", {run['agencies']} agencies" if run["agencies"] > 1 else ""
	yield _section(f"{run['employees']:,} employees outside a site{many}")
	for name, label in (("sample", "Making the files"), ("simulate", "Trying another policy on them")):
		taken = run[name]
		yield _row(
			label,
			f"{taken['seconds']:,.1f} s",
			rate=f"{run['employees'] / taken['seconds']:,.0f}",
			peak=f"{taken['peak_mb']:,.0f}",
		)


def _province(found):
	if not found:
		return
	yield _section(f"{found['employees']:,} employees, {found['months']} months of MKD")
	for label, now, month, slowest in province.pages(found):
		before = f"after a month {month[0]:,.0f} and {month[1]:,.0f} ms"
		yield _row(f"{label} {slowest}", f"{now[0]:,.0f} ms", f"{now[1]:,.0f} ms", target=before)
	# A run of hours may have been ended before its last parts: the table holds what was measured.
	yield from _requests(found["request"] or {})
	yield _section("Jobs of an ordinary day")
	for job in found["jobs"]["first"]:
		rows = f" ({job['rows_written']:,} rows written)"
		figures = {"sql": f"{job['statements']:,}", "peak": f"{job['peak_mb']:,.0f}"}
		yield _row(job["name"] + rows, f"{job['seconds']:,.2f} s", **figures)
	if asked := found["audit"]:
		yield _row("mkd-audit", f"{asked['seconds']:,.1f} s", peak=f"{asked['peak_mb']:,.0f}")
	for workers, nights in found["night"].items():
		label = f"Evaluation of everybody anew, {workers} worker{'s' if workers != '1' else ''}, {nights[0]['shares']} shares"
		yield _row(label, f"{min(run['seconds'] for run in nights):,.2f} s")
	yield _section("A crowd on Monday: 30 clients, approved a minute")
	for doctype, crowd in found["crowd"].items():
		errors = province.errors(crowd)
		label = f"{doctype}: {crowd['approved']:,} approved, {errors} errors"
		yield _row(label, rate=f"{crowd['approved_a_minute']:,.0f}", percentile=f"{crowd['ms_p95']:,.0f} ms")
	yield _section("Kilobytes of an employee in a year")
	for table, megabytes in province.largest(found["sizes"]):
		yield _row(table, f"{1024 * megabytes:,.0f} kB")


def _imports(found):
	if not found:
		return
	yield _section(f"A file of K-Mob, {found['rows']:,} rows of {found['active']:,} employees")
	yield _row("Looking at it", f"{found['check_seconds']:,.1f} s")
	label = f"Applying it; a worker was killed with {found['stored_when_killed']:,} rows stored, and another went on"
	yield _row(label, f"{found['seconds']:,.1f} s", peak=f"{found['peak_mb']:,.0f}")
	peer, undo = found["peer"], found["undo"]
	yield _row(f"Frappe's Data Import of {peer['rows']:,} of them", f"{peer['seconds']:,.1f} s")
	yield _row("Taking it back, in sets", f"{undo['seconds']:,.1f} s")
	of = undo["peer"]
	yield _row(f"Taking back {of['rows']:,} of them, document by document", f"{of['seconds']:,.1f} s")


def _conclusions(results):
	yield _section("What follows")
	for key, value in results.items():
		if key != "details":
			yield _row(f"`{key}`", f"{value:,}", target=verdict(key, value))


def _section(title):
	return _row(f"**{title}**")


def _row(label, median="", percentile="", rate="", sql="", peak="", target=""):
	return label, median, percentile, rate, sql, peak, target


def _table(rows):
	"""Columns of equal width, so that a terminal shows the same as a page; figures to the right."""
	widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
	left = (0, len(HEAD) - 1)
	for number, row in enumerate(rows):
		cells = (
			cell.ljust(width) if place in left else cell.rjust(width)
			for place, (cell, width) in enumerate(zip(row, widths, strict=True))
		)
		yield f"| {' | '.join(cells)} |"
		if number == 0:
			lines = (
				"-" * width if place in left else "-" * (width - 1) + ":"
				for place, width in enumerate(widths)
			)
			yield f"| {' | '.join(lines)} |"
