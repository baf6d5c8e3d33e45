"""What the Desk asks for when somebody looks at a page: the requests that its scripts send, by kind of page.

A question is a name, a method and its arguments. Which statuses and orders a list offers is read from its DocType, as
the Desk does.
"""

import json
from dataclasses import dataclass

import frappe
from frappe.model import no_value_fields
from frappe.utils import add_days, add_months, get_first_day, get_last_day, get_quarter_start, getdate

from mkd_hrms.constants import DAILY_REPORT, DAY, EARLY_WARNING, ELIGIBILITY, REQUEST
from mkd_hrms.tests.support.world import COMPANY

PEER = "Leave Application"
# Asked in every order, and those that people seldom sort.
LISTS = (REQUEST, DAY, DAILY_REPORT, PEER)
SELDOM_SORTED = (ELIGIBILITY, EARLY_WARNING, "MKD Decision Record", "Workflow Action")
PAGE = 20
COUNTED_UP_TO = 1001
ALWAYS = (
	"name owner creation modified modified_by _user_tags _comments _assign _liked_by docstatus idx".split()
)
# The Desk orders by these in any list; the DocType's own order and its required fields come on top.
ORDERS = ("modified desc", "creation desc", "name asc")
# As each of them opens, and in the ways in which it groups; the period is that of the question.
REPORTS = (
	("MKD Over Limit", {}),
	("MKD Unclassified Roles", {"reference_doctype": "Designation"}),
	("MKD Unknown Words", {}),
	("MKD Eligibility Register", {}),
	("MKD Eligibility Register", {"stale_within": 30}),
	("MKD Early Warnings", {"status": "Open"}),
	("MKD Readiness", {}),
)
REPORTS_OF_A_MONTH = (
	("MKD Shift Attendance", {"consider_grace_period": 1, "include_attendance_without_checkins": 1}),
	("MKD Denials", {"by": "Unit"}),
	("MKD Denials", {"by": "Request"}),
	("MKD Quota Use", {"by": "Week"}),
	("MKD Quota Use", {"by": "Month"}),
	("MKD Monthly Recap", {"by": "Person"}),
	("MKD Monthly Recap", {"by": "Unit"}),
	("MKD Report Compliance", {"by": "Unit"}),
	("MKD Report Compliance", {"by": "Person"}),
	("MKD Objections", {}),
	("MKD Fairness", {}),
)
REPORTS_AHEAD = (("MKD Coverage", {}), ("MKD Coverage", {"only_without_room": 1}))
REPORTS_OF_A_QUARTER = (("MKD Savings", {"by": "Month"}),)


@dataclass(frozen=True)
class Question:
	kind: str
	name: str
	method: str
	arguments: dict


def questions(visitor):
	"""Everything that is asked in the name of a visitor."""
	for doctype in LISTS:
		yield from of_a_list(doctype, orders(doctype))
	for doctype in SELDOM_SORTED:
		yield from of_a_list(doctype, orders(doctype)[:1])
	yield from searches()
	yield from workspace()
	yield from notifications()
	yield from forms(visitor)
	yield from calendar()
	if visitor.role in ("hr", "superior", "head"):
		yield from reports()
		yield from board(visitor)


def of_a_list(doctype, in_orders):
	"""The first page in some orders and for every status, how many there are, and the same as a report."""
	for order in in_orders:
		yield page(doctype, [], order, f"by {order}")
	for status in statuses(doctype):
		filters = [[doctype, "status", "=", status]]
		yield page(doctype, filters, orders(doctype)[0], status)
		yield count(doctype, filters, status)
	yield count(doctype, [], "all")
	yield page(doctype, [], orders(doctype)[0], "as a report", "Report", report_fields(doctype))


def orders(doctype):
	meta = frappe.get_meta(doctype)
	own = f"{meta.sort_field or 'modified'} {(meta.sort_order or 'desc').lower()}"
	required = [
		f"{field.fieldname} asc"
		for field in meta.fields
		if field.reqd and field.fieldtype in ("Link", "Data", "Date")
	]
	return list(dict.fromkeys((own, *ORDERS, *required[:2])))


def statuses(doctype):
	field = frappe.get_meta(doctype).get_field("status")
	return [option for option in (field.options or "").split("\n") if option] if field else []


def list_fields(doctype):
	"""The columns of a list; the Desk leaves out what is computed and what few may read."""
	return columns(doctype, lambda field: field.in_list_view or field.fieldname == "status")


def report_fields(doctype):
	"""As the report view begins: what the list shows, and the standard filters."""
	return columns(doctype, lambda field: field.in_list_view or field.in_standard_filter)


def columns(doctype, wanted):
	found = [
		field.fieldname
		for field in frappe.get_meta(doctype).fields
		if wanted(field)
		and field.fieldtype not in no_value_fields
		and not (field.get("is_virtual") or field.permlevel)
	]
	return list(dict.fromkeys((*ALWAYS, *found)))


def page(doctype, filters, order, name, view="List", fields=None):
	column, direction = order.split()
	asked = [f"`tab{doctype}`.`{field}`" for field in fields or list_fields(doctype)]
	arguments = {
		"doctype": doctype,
		"fields": json.dumps(asked),
		"filters": json.dumps(filters),
		"order_by": f"`tab{doctype}`.`{column}` {direction}",
		"start": 0,
		"page_length": PAGE,
		"view": view,
		"group_by": "",
		"with_comment_count": 1,
	}
	return Question("list", f"{doctype}: {name}", "frappe.desk.reportview.get", arguments)


def count(doctype, filters, name):
	arguments = {"doctype": doctype, "filters": json.dumps(filters), "fields": "[]", "distinct": "false"}
	arguments["limit"] = COUNTED_UP_TO
	return Question("count", f"{doctype}: {name}", "frappe.desk.reportview.get_count", arguments)


def searches():
	for doctype, text in (
		("Employee", "Pegawai Xp0000"),
		("Employee", "HR-EMP-5"),
		(REQUEST, ""),
		(REQUEST, "Xp00001"),
		(DAY, ""),
	):
		arguments = {"doctype": doctype, "txt": text, "page_length": 10, "ignore_user_permissions": 0}
		arguments |= {"reference_doctype": "MKD Objection", "searchfield": "name"}
		yield Question("search", f"{doctype} '{text}'", "frappe.desk.search.search_link", arguments)
	arguments = {"text": "Pegawai", "start": 0, "limit": 21, "doctype": ""}
	yield Question("search", "everywhere", "frappe.utils.global_search.search", arguments)


def workspace():
	"""The page itself, the numbers on its shortcuts, and its cards."""
	space = frappe.get_doc("Workspace", "MKD")
	asked = json.dumps({"name": "MKD", "title": "MKD", "public": 1, "label": "MKD"})
	yield Question("workspace", "page", "frappe.desk.desktop.get_desktop_page", {"page": asked})
	for shortcut in space.shortcuts:
		if shortcut.stats_filter:
			filters = [
				[shortcut.link_to, field, *of] for field, of in json.loads(shortcut.stats_filter).items()
			]
			asked = count(shortcut.link_to, filters, f"shortcut {shortcut.label}")
			yield Question("workspace", asked.name, asked.method, asked.arguments)
	for card in space.number_cards:
		doc = frappe.get_doc("Number Card", card.number_card_name)
		asked = {"doc": frappe.as_json(doc), "filters": doc.filters_json}
		yield Question(
			"workspace", f"card {card.label}", "frappe.desk.doctype.number_card.number_card.get_result", asked
		)


def notifications():
	yield Question("notifications", "counts", "frappe.desk.notifications.get_notification_info", {})
	method = "frappe.desk.doctype.notification_log.notification_log.get_notification_logs"
	yield Question("notifications", "bell", method, {"limit": 20})


def forms(visitor):
	"""The newest of what concerns somebody whom the visitor may look at, and what stands beside his record."""
	for doctype in (REQUEST, DAY, DAILY_REPORT, PEER):
		name = frappe.db.get_value(doctype, {"employee": visitor.asks_about}, order_by="creation desc, name")
		if name:
			asked = {"doctype": doctype, "name": name}
			yield Question("form", doctype, "frappe.desk.form.load.getdoc", asked)
	employee = {"doctype": "Employee", "name": visitor.asks_about}
	if visitor.role in ("employee", "hr"):
		yield Question("form", "Employee", "frappe.desk.form.load.getdoc", employee)
		links = json.dumps([REQUEST, DAY, DAILY_REPORT])
		yield Question(
			"form",
			"Employee: counts",
			"frappe.desk.notifications.get_open_count",
			employee | {"items": links},
		)
		overview = {"employee": visitor.asks_about}
		yield Question("form", "Employee: overview", "mkd_hrms.api.employee_overview", overview)


def calendar():
	"""A month of our days and requests, and of HRMS's leave."""
	today = getdate()
	asked = {
		"doctype": PEER,
		"start": str(get_first_day(today)),
		"end": str(get_last_day(today)),
		"filters": "[]",
	}
	yield Question("calendar", DAY, "mkd_hrms.api.days_in_calendar", asked | {"doctype": DAY})
	yield Question("calendar", REQUEST, "mkd_hrms.api.requests_in_calendar", asked | {"doctype": REQUEST})
	method = "hrms.hr.doctype.leave_application.leave_application.get_events"
	yield Question("calendar", PEER, method, asked)


def reports():
	"""Each report over the period with which it opens; of a quarter the last that is over."""
	today = getdate()
	month = (get_first_day(today), get_last_day(today))
	quarter = get_quarter_start(add_months(today, -3))
	yield from of_reports(REPORTS, None)
	yield from of_reports(REPORTS_OF_A_MONTH, month)
	yield from of_reports(REPORTS_AHEAD, (today, add_days(today, 13)))
	yield from of_reports(REPORTS_OF_A_QUARTER, (quarter, get_last_day(add_months(quarter, 2))))


def of_reports(asked, period):
	dates = (
		{"from_date": str(period[0]), "to_date": str(period[1]), "month": str(period[0])} if period else {}
	)
	for name, filters in asked:
		arguments = {"report_name": name, "ignore_prepared_report": 0}
		arguments["filters"] = json.dumps({"company": COMPANY, **dates, **filters})
		told = ", ".join(str(value) for key, value in filters.items() if key in ("by", "stale_within"))
		yield Question(
			"report", f"{name}: {told}" if told else name, "frappe.desk.query_report.run", arguments
		)


def board(visitor):
	"""A month of a unit of some five hundred people, as whoever sees everything about them; and what it opens with."""
	units = "mkd_hrms.api.coverage_board_units"
	yield Question("board", "units", units, {})
	yield Question("board", "1 week", "mkd_hrms.api.coverage_board", {"weeks": 1})
	asked = {"unit": unit_of(visitor.asks_about, 500), "weeks": 4}
	yield Question("board", "4 weeks of a unit", "mkd_hrms.api.coverage_board", asked)


def unit_of(employee, people):
	"""Of the units above somebody the one whose size is nearest to so many people."""
	sizes = frappe.db.sql(
		"""select above.name, count(*) from `tabEmployee` his
		join `tabDepartment` own on own.name = his.department
		join `tabDepartment` above on above.lft <= own.lft and above.rgt >= own.rgt
		join `tabDepartment` unit on unit.lft >= above.lft and unit.rgt <= above.rgt
		join `tabEmployee` other on other.department = unit.name and other.status = 'Active'
		where his.name = %s group by above.name""",
		employee,
	)
	return min(sizes, key=lambda row: abs(row[1] - people))[0]
