"""A file of K-Mob with many rows: looked at, applied, killed and applied again, and taken back; beside Frappe's Data Import of some of them."""

import csv
import io
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import frappe
from frappe.core.doctype.data_import.data_import import start_import

from benchmarks.measuring import peak_megabytes
from benchmarks.population import COMPANY
from mkd_hrms.constants import APPLIED, CHECKED, IMPORT, IMPORT_LINE, UNDONE
from mkd_hrms.exchange import profiles, rows
from mkd_hrms.exchange.writing import write_file
from mkd_hrms.facts.attendance.away import read_away
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.imports import ENDED
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports import applying, undone_in_bulk
from mkd_hrms.simulate.sample.layouts import COMES, GOES, LATE_BY

ATTENDANCE, DATA_IMPORT = "Attendance", "Data Import"
OF_THE_PEER = 50
# Of a hundred rows so many say that somebody was late at work from home, on leave, or away without a word.
EVERY_HOME, EVERY_LEAVE, EVERY_ABSENT = 5, 25, 100
SATURDAY = 5
SCRIPT = Path(__file__).resolve().parents[1] / "benchmark_on_site.py"


def measure(count):
	"""What a file of so many rows takes, with a worker that is killed on the way; and what the peer takes for some of them."""
	presences = _presences(count)
	first = min(row.day for row in presences)
	_make_room(first)
	found = {"rows": len(presences), **_import(presences)}
	found["undo"] = _undo(len(presences))
	_make_room(first)
	found["undo"]["peer"] = _undo_documents(presences[::OF_THE_PEER])
	_make_room(first)
	found["peer"] = _data_import(presences[::OF_THE_PEER])
	return found


def _presences(count):
	"""Everybody who is active, on as many of the last working days as it takes."""
	people = frappe.get_all(
		"Employee",
		{"company": COMPANY, "status": "Active", "mkd_nip": ("is", "set")},
		["name", "mkd_nip", "employee_name", "date_of_joining"],
		order_by="name",
	)
	days, found = clock.today(), []
	since = days - timedelta(days=3 * count // max(len(people), 1) // 2 + 20)
	people = [each for each in people if not each.date_of_joining or each.date_of_joining < since]
	# A file changes no MKD day that is over, and the leave of the sample is of kinds that the site does not have.
	over = set(frappe.get_all("MKD Day", {"status": ("in", ENDED)}, ["employee", "mkd_date"], as_list=True))
	away = read_away(SiteDatabase(), Scope(company=COMPANY), since, days)
	while len(found) < count:
		days -= timedelta(days=1)
		there = [
			(number, each)
			for number, each in enumerate(people)
			if (each.name, days) not in over and not any(one.touches(days) for one in away.get(each.name, ()))
		]
		if days.weekday() < SATURDAY:
			found += [_presence(number, each, days) for number, each in there]
	# By person and date, as a recap is.
	return sorted(found[:count], key=lambda row: (row.name, row.who, row.day))


def _presence(number, person, day):
	place = number + day.toordinal()
	status = rows.HOME if place % EVERY_HOME == 0 else rows.PRESENT
	status = rows.LEAVE if place % EVERY_LEAVE == 1 else status
	status = rows.UNEXCUSED if place % EVERY_ABSENT == 2 else status
	if status in (rows.LEAVE, rows.UNEXCUSED):
		return rows.Presence(person.mkd_nip, day, status, name=person.employee_name)
	late = LATE_BY if place % 10 == 3 else timedelta()
	midnight, minutes = datetime.combine(day, datetime.min.time()), timedelta(minutes=place % 20)
	came, left = (midnight + each + minutes for each in (COMES + late, GOES))
	return rows.Presence(person.mkd_nip, day, status, came.time(), left.time(), name=person.employee_name)


def _make_room(first):
	"""The dates that the file speaks of have no attendance; the months before them keep theirs."""
	company = {"company": COMPANY}
	for name in frappe.get_all(IMPORT, company, pluck="name"):
		frappe.db.delete(IMPORT_LINE, {"mkd_import": name})
	frappe.db.delete(IMPORT, company)
	frappe.db.delete(ATTENDANCE, {**company, "attendance_date": (">=", first)})
	frappe.db.commit()
	frappe.db.sql_ddl(f"analyze table `tab{ATTENDANCE}`")


def _checked(presences):
	"""An import of these rows that was looked at, and how long looking took."""
	with tempfile.TemporaryDirectory() as folder:
		path = Path(folder) / "presensi.csv"
		write_file(profiles.load("kmob"), presences, path)
		content = path.read_bytes()
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "presensi.csv", "content": content, "is_private": 1}
	)
	values = {"company": COMPANY, "file": file.insert().file_url, "profile": "kmob"}
	doc = frappe.get_doc({"doctype": IMPORT, **values}).insert()
	frappe.db.commit()
	started = time.perf_counter()
	doc.check_file()
	_work(doc)
	if doc.status != CHECKED or doc.created_count != len(presences):
		raise RuntimeError(
			f"{doc.status}: {doc.created_count} new, {doc.rejected_count} not taken. {doc.problems}"
		)
	return doc, time.perf_counter() - started, len(content)


def _work(doc):
	"""What the worker does, in this process."""
	frappe.db.commit()
	applying.work(doc.name)
	frappe.set_user("Administrator")
	frappe.db.commit()
	doc.reload()


def _import(presences):
	"""A worker of its own is killed as no worker can refuse, when it has stored a third; another one goes on."""
	doc, looked, size = _checked(presences)
	doc.apply_file()
	frappe.db.commit()
	command = [sys.executable, str(SCRIPT), frappe.local.site, "import_worker", "/dev/null", doc.name]
	started = time.perf_counter()
	process, stored = subprocess.Popen(command), 0
	while stored < len(presences) // 3 and process.poll() is None:
		time.sleep(0.2)
		stored = _stored(doc)
	process.kill()
	process.wait()
	stored = _stored(doc)
	_work(doc)
	seconds = time.perf_counter() - started
	_whole(doc, len(presences))
	found = {"bytes": size, "check_seconds": looked, "seconds": seconds, "peak_mb": peak_megabytes()}
	return {**found, "stored_when_killed": stored}


def _undo(count):
	"""What was applied is taken back, in sets."""
	doc = frappe.get_last_doc(IMPORT)
	doc.undo_import()
	frappe.db.commit()
	started = time.perf_counter()
	_work(doc)
	seconds, left = time.perf_counter() - started, _lines(doc, undone=0)
	if doc.status != UNDONE or left:
		raise RuntimeError(f"{doc.status}: {left} of {count} rows are left. {doc.problems}")
	return {"rows": count, "seconds": seconds}


def _undo_documents(presences):
	"""Some of the same rows, each taken back by its document."""
	doc, _looked, _size = _checked(presences)
	doc.apply_file()
	_work(doc)
	fewest, undone_in_bulk.FEWEST = undone_in_bulk.FEWEST, sys.maxsize
	try:
		return _undo(len(presences))
	finally:
		undone_in_bulk.FEWEST = fewest


def _stored(doc):
	frappe.db.rollback()
	return _lines(doc)


def _lines(doc, **of):
	return frappe.db.count(IMPORT_LINE, {"mkd_import": doc.name, **of})


def _whole(doc, count):
	"""Every row is stored, and none twice."""
	table = frappe.qb.DocType(ATTENDANCE)
	of = {"mkd_import": doc.name, "document_type": ATTENDANCE, "undone": 0}
	named = frappe.get_all(IMPORT_LINE, of, pluck="document_name")
	stored = set(
		frappe.qb.from_(table)
		.select(table.employee, table.attendance_date)
		.where((table.docstatus == 1) & (table.company == COMPANY))
		.where(table.attendance_date >= min(_days_of(doc)))
		.run()
	)
	told = (doc.status, len(named), len(set(named)), len(stored))
	if told != (APPLIED, count, count, count):
		raise RuntimeError(f"Expected {count} rows: {told}. {doc.problems}")


def _days_of(doc):
	found = frappe.get_all(IMPORT_LINE, {"mkd_import": doc.name}, ["min(detail) as first"])
	return [found[0].first]


def work(name):
	"""The worker that is killed."""
	applying.work(name)
	return {}


def _data_import(presences):
	"""The same rows, some of them, as a file of Frappe's own, submitted as it comes."""
	text = io.StringIO()
	writer = csv.writer(text)
	writer.writerow(["Employee", "Attendance Date", "Status", "Company", "Series", "In Time", "Out Time"])
	of = dict(frappe.get_all("Employee", {"company": COMPANY}, ["mkd_nip", "name"], as_list=True))
	series = frappe.get_meta(ATTENDANCE).get_field("naming_series").options.split("\n")[0]
	for row in presences:
		times = [datetime.combine(row.day, at) if at else "" for at in (row.time_in, row.time_out)]
		writer.writerow([of[row.who], row.day, _status(row), COMPANY, series, *times])
	file = {
		"doctype": "File",
		"file_name": "presensi-data-import.csv",
		"content": text.getvalue(),
		"is_private": 1,
	}
	doc = frappe.get_doc(
		{
			"doctype": DATA_IMPORT,
			"reference_doctype": ATTENDANCE,
			"import_type": "Insert New Records",
			"import_file": frappe.get_doc(file).insert().file_url,
			"submit_after_import": 1,
			"mute_emails": 1,
		}
	).insert()
	frappe.db.commit()
	started = time.perf_counter()
	start_import(doc.name)
	frappe.db.commit()
	seconds = time.perf_counter() - started
	done = frappe.db.count("Data Import Log", {"data_import": doc.name, "success": 1})
	if done != len(presences):
		raise RuntimeError(f"Data Import stored {done} of {len(presences)}: {doc.reload().template_warnings}")
	return {"rows": done, "seconds": seconds}


def _status(row):
	return {rows.HOME: "Work From Home", rows.LEAVE: "On Leave", rows.UNEXCUSED: "Absent"}.get(
		row.status, "Present"
	)
