"""All that the app stores about a person, as a file for him (rule P4).

The platform's Personal Data Download Request finds rows whose one column equals the user, without their tables; our
records name the employee. So this looks through every DocType of ours that names one, whichever they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import frappe
from frappe import _

from mkd_hrms.constants import DISCIPLINE_RECORD, MODULE, PERSON, SUITABILITY
from mkd_hrms.facts import personal_rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_records_of_user, read_same_person
from mkd_hrms.facts.ledger.personal_data import read_checkins_of_days
from mkd_hrms.facts.people import read_people
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import is_hr
from mkd_hrms.services.people.hr import is_left
from mkd_hrms.services.privacy import access_log

CHECKIN = "Employee Checkin"
# Rows of circulars that name somebody.
LISTED = "MKD Collective Person"
IN_PROCESS = "In Process"
# Whoever stands on the roster of a counter; the counter itself is about nobody.
ROSTER = "MKD Service Point Member"
# Kept by Frappe about any row, and said of nobody.
INTERNAL = ("_user_tags", "_liked_by", "_assign", "_comments", "_seen", "docstatus", "idx", "parentfield")


def file_for(user: str, employee: str | None = None) -> tuple[str, str]:
	"""Name and content of the file: about the user himself, or for HR about somebody else. Logged, whoever asks.

	Raises PermissionError, or DoesNotExistError for a user without an Employee record.
	"""
	own = employees_of(user)
	is_foreign = employee and employee not in own
	employees = read_same_person(SiteDatabase(), employee) if is_foreign else own
	if is_foreign:
		_refuse_stranger(user, employees)
	if not employees:
		frappe.throw(_("No Employee record names you as its user."), frappe.DoesNotExistError)
	for doctype in (CHECKIN, DISCIPLINE_RECORD):
		for name in employees:
			access_log.note(doctype, "Personal Data", name)
	data = collect(employees)
	if not is_foreign and not _may_have_cases(user):
		data = _without_cases(data)
	content = json.dumps(data, indent=1, ensure_ascii=False, default=str)
	return f"MKD-{(employee if is_foreign else None) or employees[0]}-{clock.today()}.json", content


def _refuse_stranger(user: str, employees: Iterable[str]) -> None:
	"""HR for its people, with every record of theirs; and since the file holds disciplinary cases, only who may read those."""
	if not is_hr(user):
		frappe.throw(_("You can download your own data only."), frappe.PermissionError)
	if not frappe.has_permission(DISCIPLINE_RECORD):
		frappe.throw(
			_(
				"The file holds disciplinary cases: an HR Manager or an MKD Officer downloads it for somebody else."
			),
			frappe.PermissionError,
		)
	known = read_people(SiteDatabase(), Scope(employees=tuple(employees)))
	for employee in employees:
		if employee not in known or not is_left(user, employee):
			frappe.throw(_("{0} is not among your employees.").format(employee), frappe.PermissionError)


def _may_have_cases(user: str) -> bool:
	"""Who may write Employee records can make any of them his own, so for him the cases need their own permission."""
	return bool(
		frappe.has_permission(DISCIPLINE_RECORD) or not frappe.has_permission(PERSON, "write", user=user)
	)


def _without_cases(data: dict) -> dict:
	"""The file of somebody who keeps Employee records himself."""
	for table, (kind, _name) in BESIDE.items():
		data[table] = [row for row in data[table] if row[kind] != DISCIPLINE_RECORD]
	text = _("You keep Employee records: an HR Manager or an MKD Officer downloads the file with your cases.")
	return {**data, DISCIPLINE_RECORD: [], "withheld": text}


def employees_of(user: str) -> list[str]:
	"""Every Employee record whose user he is. A NIP is written by HR, also into a record that is not active."""
	return read_records_of_user(SiteDatabase(), user)


def collect(employees: list[str]) -> dict:
	"""By DocType, every row about these Employee records, with the rows of its tables and what hangs on it."""
	data = {"Employee": _told(personal_rows.employee_rows(employees))}
	for doctype in doctypes():
		data[doctype] = _documents(doctype, {"employee": ("in", employees)})
	about = {"reference_doctype": PERSON, "reference_name": ("in", employees)}
	data[SUITABILITY] = _documents(SUITABILITY, about)
	data[LISTED] = _rows(LISTED, {"employee": ("in", employees)})
	data[ROSTER] = _rows(ROSTER, {"employee": ("in", employees)})
	names = read_checkins_of_days(SiteDatabase(), employees)
	data[CHECKIN] = _told(personal_rows.checkin_rows(names))
	data["Attendance"] = _told(personal_rows.attendance_rows(employees))
	for doctype, (kind, name) in BESIDE.items():
		data[doctype] = _beside(doctype, kind, name, data)
	_withhold_notes(data)
	return data


def _withhold_notes(data: dict) -> None:
	"""Of a disciplinary case that is not decided the file says that it exists, and not what HR noted in it or beside it.

	Whoever is suspected of something would learn from the notes what is known and who says so. Once the case is
	decided he has them; who read the record stands in the file at any time.
	"""
	cases = {row["name"]: row for row in data[DISCIPLINE_RECORD]}
	undecided = _undecided(cases)
	for name in undecided:
		cases[name].update(notes=None, withheld=_("The notes are withheld until this case is decided."))
	for table in NOTES_BESIDE:
		kind, name = BESIDE[table]
		data[table] = [
			row for row in data[table] if row[kind] != DISCIPLINE_RECORD or row[name] not in undecided
		]


def _undecided(cases: Mapping[str, dict]) -> set[str]:
	"""The cases in process or not submitted yet, and the earlier versions of these."""
	if not cases:
		return set()
	filters = {"name": ("in", list(cases)), "docstatus": ("<", 2)}
	either = {"stage": IN_PROCESS, "docstatus": 0}
	names = set(frappe.get_all(DISCIPLINE_RECORD, filters=filters, or_filters=either, pluck="name"))
	# An amendment is always written after what it amends.
	for row in reversed(cases.values()):
		if row["name"] in names and row["amended_from"]:
			names.add(row["amended_from"])
	return names & cases.keys()


def doctypes() -> list[str]:
	"""Our own DocTypes that name an employee."""
	ours = frappe.get_all(
		"DocType", {"module": MODULE, "istable": 0, "issingle": 0}, pluck="name", order_by="name"
	)
	return [name for name in ours if _names_employee(name)]


def _names_employee(doctype: str) -> bool:
	field = frappe.get_meta(doctype).get_field("employee")
	return bool(field and field.fieldtype == "Link" and field.options == "Employee")


def _documents(doctype: str, filters: dict) -> list[dict]:
	documents = _rows(doctype, filters)
	by_name = {row["name"]: row for row in documents}
	for field in frappe.get_meta(doctype).get_table_fields():
		for row in documents:
			row[field.fieldname] = []
		of_them = {"parent": ("in", list(by_name)), "parenttype": doctype, "parentfield": field.fieldname}
		for row in _rows(field.options, of_them, order_by="parent, idx"):
			by_name[row["parent"]][field.fieldname].append(row)
	return documents


# What stands in tables of the platform: the column of the DocType, and that of the name.
BESIDE = {
	"Comment": ("reference_doctype", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"File": ("attached_to_doctype", "attached_to_name"),
	access_log.LOG: ("export_from", "reference_document"),
}

# Where else notes about a document stand.
NOTES_BESIDE = ("Comment", "Version", "File")


def _beside(table: str, kind: str, name: str, data: dict) -> list[dict]:
	found = []
	for doctype in (*doctypes(), CHECKIN):
		names = [row["name"] for row in data[doctype]]
		found += _rows(table, {kind: doctype, name: ("in", names)})
	return found


def _rows(doctype: str, filters: dict, order_by: str = "creation") -> list[dict]:
	if any(isinstance(value, tuple) and value[0] == "in" and not value[1] for value in filters.values()):
		return []
	return _told(frappe.get_all(doctype, filters=filters, fields=["*"], order_by=order_by, limit=0))


def _told(rows: Iterable[dict]) -> list[dict]:
	return [{name: value for name, value in row.items() if name not in INTERNAL} for row in rows]
