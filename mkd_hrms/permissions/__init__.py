"""Who sees a request, a day, a standing: the employee, his approver, his superiors and HR. Nobody else.

Frappe's User Permissions narrow what HR sees, and nothing else: who decides about somebody sees what he decides, in
whatever company or unit. So the platform leaves them aside for our links, and `seen.condition` and `who.oversees` apply
them. Frappe asks at two doors, `condition` for a list and `may` for a document; each passes the question on to the
function that knows the DocType.

who.py                      who somebody is to an employee
seen.py                     what a list shows somebody, as a condition that an index can follow
board.py                    whom the coverage board and a feed show somebody
desk.py                     whether the Desk offers somebody MKD at all
feeds.py                    links to feeds
requests.py                 requests, and their rows
daily_reports.py            daily reports, and their rows
employee_records.py         days and hints; standings, early warnings and agreements; what HR alone keeps
letters.py                  the register of letters
files.py                    files that were handed in with a document
imports.py                  files of other systems
exports.py                  files for other systems
measures_and_objections.py  warnings, suspensions and objections
units.py                    units: who is away in them, and the rosters of their counters
reported.py                 whom a report shows somebody
swaps.py                    swaps of days
schedule.py                 the schedule for other systems
platform_lists.py           lists of the platform that show something of ours
"""

import frappe

from mkd_hrms.constants import (
	AGREEMENT,
	DAILY_REPORT,
	DAY,
	DAY_REASON,
	DAY_SWAP,
	DECISION_RECORD,
	DISCIPLINE_RECORD,
	EARLY_WARNING,
	ELIGIBILITY,
	EXPORT,
	FEED,
	GATE_DECISION,
	IMPORT,
	IMPORT_LINE,
	LETTER,
	OBJECTION,
	PERFORMANCE_RECORD,
	PLACE_HINT,
	REQUEST,
	RETENTION_RUN,
	SUSPENSION,
	TALENT_RECORD,
	WAITING_PLACE,
	WARNING,
)
from mkd_hrms.permissions import (
	daily_reports,
	employee_records,
	exports,
	feeds,
	files,
	imports,
	letters,
	measures_and_objections,
	platform_lists,
	requests,
	swaps,
	units,
)

MAY = "mkd_hrms.permissions.may"
# From a user and a DocType to what narrows a list, in SQL; nothing narrows an empty one but the roles.
CONDITIONS = {
	REQUEST: requests.visible_requests,
	# The platform asks nobody about a list of rows.
	"MKD Request Date": requests.visible_request_rows,
	"MKD Work Plan Item": requests.visible_request_rows,
	DAILY_REPORT: daily_reports.visible_reports,
	"MKD Daily Report Activity": daily_reports.visible_report_rows,
	DAY: employee_records.visible_rows,
	PLACE_HINT: employee_records.visible_hints,
	WAITING_PLACE: employee_records.visible_rows,
	ELIGIBILITY: employee_records.visible_standings,
	EARLY_WARNING: employee_records.visible_standings,
	AGREEMENT: employee_records.visible_standings,
	SUSPENSION: measures_and_objections.visible,
	WARNING: measures_and_objections.visible,
	OBJECTION: measures_and_objections.visible,
	DAY_SWAP: swaps.visible_swaps,
	**dict.fromkeys(
		(
			*(GATE_DECISION, PERFORMANCE_RECORD, TALENT_RECORD, DECISION_RECORD, DAY_REASON, RETENTION_RUN),
			IMPORT_LINE,
		),
		employee_records.visible_kept,
	),
	FEED: feeds.visible_feeds,
	IMPORT: imports.visible_imports,
	EXPORT: exports.visible_exports,
	LETTER: letters.visible_letters,
	# Nor about the list of open actions.
	"Workflow Action": platform_lists.visible_actions,
	# And of what hangs on a document it asks whether a role may read such documents.
	**dict.fromkeys(platform_lists.HANGS_ON, platform_lists.visible_beside),
	"Prepared Report": platform_lists.visible_prepared,
	"MKD Service Point": units.visible_points,
	"MKD Service Point Member": units.visible_points,
	# Who lists what is sensitive is logged.
	DISCIPLINE_RECORD: platform_lists.note_discipline_list,
	"Employee Checkin": platform_lists.note_checkin_list,
}
# From a document, a kind of permission and a user to False, which refuses, or True, which leaves it to the roles.
RULES = {
	REQUEST: requests.may_use_request,
	DAILY_REPORT: daily_reports.may_use_report,
	DAY: employee_records.may_see,
	PLACE_HINT: employee_records.may_see,
	WAITING_PLACE: employee_records.may_see,
	ELIGIBILITY: employee_records.may_see_standing,
	EARLY_WARNING: employee_records.may_see_standing,
	AGREEMENT: employee_records.may_see_standing,
	SUSPENSION: measures_and_objections.may_see,
	WARNING: measures_and_objections.may_see,
	OBJECTION: measures_and_objections.may_use_objection,
	DAY_SWAP: swaps.may_use_swap,
	**dict.fromkeys(
		(
			*(GATE_DECISION, PERFORMANCE_RECORD, TALENT_RECORD, DISCIPLINE_RECORD, DECISION_RECORD),
			*(DAY_REASON, RETENTION_RUN, IMPORT_LINE),
		),
		employee_records.may_use_kept,
	),
	IMPORT: imports.may_use_import,
	EXPORT: exports.may_use_export,
	FEED: feeds.may_see_feed,
	LETTER: letters.may_use_letter,
	"Prepared Report": platform_lists.may_see_prepared,
	"Notification Log": platform_lists.may_see_notice,
	"MKD Service Point": units.may_see_point,
	"File": files.may_use_file,
	**dict.fromkeys(platform_lists.HANGS_ON.keys() - {"File"}, platform_lists.may_see_beside),
}


def condition(user=None, doctype=None):
	"""What narrows a list of this DocType for a user; hooks.py names it under `permission_query_conditions`."""
	return CONDITIONS[doctype](user or frappe.session.user, doctype)


def may(doc, ptype=None, user=None, debug=False):
	"""Whether a user is kept from a document; hooks.py names it under `has_permission`.

	True or False, as Frappe 16 wants it. In Frappe 15 that is the last word, so whoever else has a say is asked here.
	"""
	user = user or frappe.session.user
	if not is_blank(doc) and not RULES[doc.doctype](doc, ptype, user):
		return False
	hooks = frappe.get_hooks("has_permission")
	others = (path for path in [*hooks.get(doc.doctype, []), *hooks.get("*", [])] if path != MAY)
	said = (frappe.call(path, doc=doc, ptype=ptype, user=user, debug=debug) for path in others)
	return all(answer is None or answer for answer in said)


def is_blank(doc):
	"""Whether a document of somebody's has no name yet and names nobody: the roles alone say who may write one.

	The platform asks about such a one before it takes a file for a form that was never saved.
	"""
	return not doc.name and doc.meta.has_field("employee") and not doc.employee
