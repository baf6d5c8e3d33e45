"""What the form and other systems may call. Each function checks its permission, asks a service, returns a dict."""

from __future__ import annotations

import json
from functools import partial

from werkzeug.wrappers import Response

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.rate_limiter import rate_limit
from frappe.translate import print_language
from frappe.utils import cint

from mkd_hrms.constants import (
	APPROVE,
	BY_HAND,
	COLLECTIVE_DAY,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	ENDED,
	EVALUATION_RUN,
	FEED,
	IMPORT,
	PERSON,
	RELEASED,
	REQUEST,
	REVOKED,
	STARTS_EVALUATION,
	WAITING_PLACE,
)
from mkd_hrms.permissions import board, employee_records, who
from mkd_hrms.permissions import schedule as schedule_readers
from mkd_hrms.services.booked_days import from_the_board, recall, stopped_patterns, withdrawal
from mkd_hrms.services.collective_days import preview
from mkd_hrms.services.daily_reports import actors as report_actors
from mkd_hrms.services.day import came_to_office, no_shows, places
from mkd_hrms.services.decisions import reasons
from mkd_hrms.services.discipline import measures
from mkd_hrms.services.evaluation import runs
from mkd_hrms.services.imports import pushing
from mkd_hrms.services.ledger import drawn_days, schedule
from mkd_hrms.services.letters import check, issuing, register
from mkd_hrms.services.letters.kinds import OF
from mkd_hrms.services.letters.letter import LANGUAGE
from mkd_hrms.services.objections import procedure
from mkd_hrms.services.people import days_off, hr, waiting
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.performance import appraisal_evidence
from mkd_hrms.services.platform import pace
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.platform.statuses import refuse_other_than_texts
from mkd_hrms.services.privacy import personal_data_file
from mkd_hrms.services.requests import actors, drawn_requests, hr_review, role_classification
from mkd_hrms.services.requests import before_applying as before
from mkd_hrms.services.requests.transitions import settle_own_days
from mkd_hrms.services.standing import employee_overview as overview
from mkd_hrms.services.standing import own_sentence, refresh
from mkd_hrms.services.swaps import actors as swap_actors
from mkd_hrms.services.units import board as coverage
from mkd_hrms.services.units import calendar_feed as feeds
from mkd_hrms.services.units import fair_order_shown, waiting_list
from mkd_hrms.services.workflow.states import refuse

# As many as Frappe lets a Workflow decide at once.
AT_ONCE = 500


def listed(names: str | list[str]) -> list[str]:
	"""What a caller named, as a list. Raises ValidationError for more than one call may hold."""
	named = frappe.parse_json(names)
	found = named if isinstance(named, list) else [named]
	if len(found) > AT_ONCE:
		frappe.throw(
			_(
				"{0} were named, and one call takes at most {1}. Choose fewer, and the others after them."
			).format(len(found), AT_ONCE),
			title=_("Too Many at Once"),
		)
	return found


@frappe.whitelist()
def explain(request: str) -> dict:
	"""Why a request was decided as it was: every gate in a sentence, for the employee himself and HR."""
	doc = opened(REQUEST, request)
	if not reasons.may_read_findings(doc):
		frappe.throw(_("The reasons are for the employee and HR."), frappe.PermissionError)
	return {
		"request": doc.name,
		"status": doc.status,
		"outcome": doc.outcome,
		"objection_until": doc.objection_until,
		"findings": reasons.sentences(doc),
	}


@frappe.whitelist()
def fair_order(request: str) -> dict:
	"""Where more ask for a date than have room: the order for who decides, and his own place for the applicant."""
	doc, user = opened(REQUEST, request), frappe.session.user
	own = actors.is_own(doc, user)
	decides = not own and (
		not actors.refusal(doc, APPROVE, user) or hr.acts_for_hr(user, doc.employee, REQUEST)
	)
	if doc.status not in actors.WAITING or not (own or decides):
		return {"request": doc.name, "dates": []}
	case = settle_own_days(doc)
	return {"request": doc.name, "dates": fair_order_shown.of(case.person, case.dates, decides)}


@frappe.whitelist(methods=["POST"])
def decline_place(place: str) -> dict:
	"""Somebody no longer wants the date that he waits for: the employee himself."""
	doc = opened(WAITING_PLACE, place)
	waiting_list.decline(doc, frappe.session.user)
	return {"place": doc.name, "status": ENDED}


@frappe.whitelist()
def employee_overview(employee: str) -> dict:
	"""Standing, this and the next week, and whether the reader may apply: empty for whom it does not concern."""
	person = read_person(opened(PERSON, employee).name)
	sight = who.sight_of(person)
	shown = overview.of(person, sight) if sight else {}
	if shown:
		shown["is_own"] = person.user == frappe.session.user
		shown["may_apply"] = who.may_apply_for(person)
	return shown


@frappe.whitelist()
def own_standing() -> dict:
	"""In one sentence whether the user may work away this and the next week; empty for who has no record of his own."""
	name = who.own_active_record(frappe.session.user)
	return own_sentence.of(read_person(name)) if name else {}


@frappe.whitelist()
def waiting_requests(filters: str | None = None) -> dict:
	"""For a card: how many requests the user may approve, and the way to them."""
	return card(REQUEST, waiting.requests(frappe.session.user, actors.refusal))


@frappe.whitelist()
def waiting_reports(filters: str | None = None) -> dict:
	"""For a card: how many daily reports the user may verify, and the way to them."""
	return card(DAILY_REPORT, waiting.reports(frappe.session.user, report_actors.refusal))


@frappe.whitelist()
def waiting_absences(filters: str | None = None) -> dict:
	"""For a card: about how many absences the user was asked, and the way to them."""
	return card(DAY, waiting.absences(frappe.session.user))


@frappe.whitelist()
def waiting_swaps(filters: str | None = None) -> dict:
	"""For a card: how many swaps of days the user may approve, and the way to them."""
	return card(DAY_SWAP, waiting.swaps(frappe.session.user, swap_actors.refusal))


@frappe.whitelist()
def waiting_reviews(filters: str | None = None) -> dict:
	"""For a card: how many requests wait for HR because something is not known, and the way to them."""
	return card(REQUEST, waiting.reviews(frappe.session.user))


def card(doctype: str, names: list[str]) -> dict:
	"""A number as the Desk draws it; a click leads to exactly these documents, and of none nowhere."""
	shown = {"value": len(names), "fieldtype": "Int"}
	way = {"route": ["List", doctype], "route_options": {"name": ["in", names]}}
	return shown | way if names else shown


@frappe.whitelist()
def before_applying(employee: str | None = None, start: str | None = None) -> dict:
	"""What can be chosen in an application, and what the rules say of it: for who may apply for this employee.

	Without an employee the user's own record is meant. Empty for whom it does not concern.
	"""
	name = opened(PERSON, employee).name if employee else who.own_active_record(frappe.session.user)
	person = read_person(name) if name else None
	if not (person and who.may_apply_for(person)):
		return {}
	shown = before.of(person, frappe.utils.getdate(start) if start else None)
	return shown | {"is_own": person.user == frappe.session.user}


@frappe.whitelist()
def days_in_calendar(start: str, end: str, filters: str | list | dict | None = None) -> list[dict]:
	"""MKD days for a calendar, of those whom the user may list; of a crowd how many there are on each date.

	With the holidays of his own list and his leave, so that he sees why a date is free.
	"""
	whose = partial(employee_records.names_in_rows, frappe.session.user, DAY)
	return drawn_days.events(start, end, filters, whose) + own_days_off(start, end)


@frappe.whitelist()
def requests_in_calendar(start: str, end: str, filters: str | list | dict | None = None) -> list[dict]:
	"""The days of requests for a calendar, each with the state of its request; with his own days off, as above."""
	whose = partial(employee_records.names_in_rows, frappe.session.user, DAY)
	return drawn_requests.events(start, end, filters, whose) + own_days_off(start, end)


def own_days_off(start: str, end: str) -> list[dict]:
	"""The user's holidays and leave in the window of a calendar; nothing for who has no record of his own."""
	name = who.own_active_record(frappe.session.user)
	window = drawn_days.window(frappe.utils.getdate(start), frappe.utils.getdate(end))
	return days_off.events(read_person(name), *window) if name else []


@frappe.whitelist(methods=["POST"])
def withdraw_days(request: str, dates: str | list[str]) -> dict:
	"""Take back days of an approved request before they begin: the employee himself, or HR for him."""
	days = [frappe.utils.getdate(day) for day in listed(dates)]
	withdrawal.refuse_days_by_circular(request)
	doc = opened(REQUEST, request)
	refuse(actors.refusal_of_days(doc, frappe.session.user))
	withdrawal.withdraw_days(doc, days)
	return {"request": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def end_pattern(request: str) -> dict:
	"""Take back an approved weekly pattern with all of its days that have not begun: the employee himself, or HR for him."""
	doc = opened(REQUEST, request)
	refuse(actors.refusal_of_days(doc, frappe.session.user))
	withdrawal.end_pattern(doc)
	return {"request": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def stop_pattern(request: str, since: str, reason: str) -> dict:
	"""The superior, or HR for him, ends an approved weekly pattern from a date on: the days from then on are given back."""
	doc = opened(REQUEST, request)
	stopped_patterns.stop(doc, frappe.utils.getdate(since), reason)
	return {"request": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def give_back_day(checkin: str) -> dict:
	"""Give back today's MKD day after a check-in at the office, before noon: the employee himself."""
	doc = opened("Employee Checkin", checkin)
	request = came_to_office.release(doc)
	return {"request": request.name, "status": request.status}


@frappe.whitelist(methods=["POST"])
def confirm_no_show(mkd_day: str, confirmed: int | bool, reason: str) -> dict:
	"""The superior, or HR for him, confirms a proposed absence on an MKD day or excuses it."""
	return {"mkd_day": mkd_day, "status": no_shows.confirm(mkd_day, bool(cint(confirmed)), reason)}


@frappe.whitelist()
def ways_back(mkd_days: str | list[str]) -> dict[str, str]:
	"""For each day that the user may take back, whether it is called back or revoked by now."""
	return recall.ways_back(listed(mkd_days))


@frappe.whitelist(methods=["POST"])
def recall_days(mkd_days: str | list[str], reason: str) -> dict:
	"""The superior, or HR for him, calls somebody back to the office in time: the days are given back."""
	recall.recall(listed(mkd_days), reason)
	return {"status": RELEASED}


@frappe.whitelist(methods=["POST"])
def revoke_days(mkd_days: str | list[str], reason: str) -> dict:
	"""The superior, or HR for him, withdraws the approval of days that began: they stay used."""
	recall.revoke(listed(mkd_days), reason)
	return {"status": REVOKED}


@frappe.whitelist(methods=["POST"])
def review_place_hint(hint: str, status: str, note: str) -> dict:
	"""The superior, or HR for him, finds that a check-in is explained, or confirms a false place."""
	return {"hint": hint, "status": places.review(hint, status, note)}


@frappe.whitelist()
def download_personal_data(employee: str | None = None) -> None:
	"""A file with all that is stored about the user himself, or for HR about an employee who asks for it."""
	if not employee:
		pace.keep("personal data", times=10, seconds=3600)
	name, content = personal_data_file.file_for(frappe.session.user, employee)
	frappe.response.update({"filename": name, "filecontent": content, "type": "download"})


@frappe.whitelist(methods=["POST"])
def confirm_false_place(mkd_day: str, reason: str) -> dict:
	"""The superior, or HR for him, confirms that the place of a worked MKD day was false."""
	places.confirm(mkd_day, reason)
	return {"mkd_day": mkd_day}


@frappe.whitelist(methods=["POST"])
def lift_suspension(suspension: str, reason: str) -> dict:
	"""An MKD officer or HR manager ends a suspension from today on; its dates stay as they were."""
	return measures.lift(suspension, reason)


@frappe.whitelist()
def objection_state(doctype: str, name: str) -> dict:
	"""Whether the employee may object to a decision, until when, or how his objection stands."""
	return procedure.state_of(doctype, name)


@frappe.whitelist()
def unknown_gates(requests: str | list[str]) -> list[str]:
	"""What is not known in some requests that wait for HR: the names of the gates, for who decides about them."""
	frappe.has_permission("MKD Gate Decision", "submit", throw=True)
	return hr_review.unknown_in(listed(requests))


@frappe.whitelist(methods=["POST"])
def decide_gates(
	requests: str | list[str],
	decision: str,
	reason: str,
	valid_until: str,
	gates: str | list[str] | None = None,
) -> dict:
	"""HR accepts or refuses what is unknown in some requests; many of them are left to a worker."""
	frappe.has_permission("MKD Gate Decision", "submit", throw=True)
	names, chosen = listed(requests), listed(gates) if gates else None
	arguments = {"decision": decision, "reason": reason, "valid_until": valid_until, "gates": chosen}
	if len(names) > hr_review.INLINE:
		job = "mkd_hrms.tasks.decide_requests"
		frappe.enqueue(job, queue="long", requests=names, **arguments)
		return {"queued": len(names)}
	return hr_review.decide(names, **arguments)


@frappe.whitelist(methods=["POST"])
def classify_roles(doctype: str, names: str | list[str], decision: str | dict) -> dict:
	"""HR classifies many designations or units at once; the requests that waited for it are judged anew."""
	frappe.has_permission("MKD Suitability", "create", throw=True)
	result = role_classification.classify(doctype, listed(names), frappe.parse_json(decision))
	waiting = role_classification.waiting_for_a_role() if result["done"] else []
	if waiting:
		frappe.enqueue(
			"mkd_hrms.tasks.evaluate_waiting",
			queue="long",
			names=[request.name for request in waiting],
			enqueue_after_commit=True,
		)
	return {**result, "evaluating": len(waiting)}


@frappe.whitelist(methods=["POST"])
def evaluate_now(company: str) -> dict:
	"""Evaluate everybody in a company again, by a worker: an HR manager or an MKD officer."""
	if STARTS_EVALUATION.isdisjoint(frappe.get_roles()):
		frappe.throw(
			_("Only an HR Manager or an MKD Officer can start an evaluation."), frappe.PermissionError
		)
	# User Permissions may leave somebody only some of the companies.
	frappe.get_doc({"doctype": EVALUATION_RUN, "company": company}).check_permission("read")
	if company not in refresh.companies():
		frappe.throw(_("No MKD Policy is in force for {0} tomorrow.").format(company))
	return {"company": company, "queued": runs.start(company, BY_HAND)}


@frappe.whitelist()
def collective_preview(circular: str) -> dict:
	"""Whom a circular would concern, with counts for each unit: for who may submit it; nothing is written."""
	doc = opened(COLLECTIVE_DAY, circular)
	doc.check_permission("submit")
	pace.keep("collective preview", times=30, seconds=3600)
	return preview.of(doc)


@frappe.whitelist()
def mkd_of_appraisal(appraisal: str) -> dict:
	"""The MKD record of an appraisal's period, for the form: the employee, his superior and HR; nothing for others."""
	doc = opened("Appraisal", appraisal)
	if not (
		appraisal_evidence.may_read(doc.employee, frappe.session.user)
		or who.is_superior(doc, frappe.session.user)
	):
		return {}
	return appraisal_evidence.of_appraisal(doc)


@frappe.whitelist()
def coverage_board(unit: str | None = None, start: str | None = None, weeks: int = 1, after: int = 0) -> dict:
	"""Who is where, a letter for each person and date, and the room of each unit: of whom it shows the user (rule P3)."""
	since, until = coverage.window(start, cint(weeks))
	people, has_more = board.page_of(frappe.session.user, unit, max(0, cint(after)))
	return {**coverage.of(people, since, until), "more": has_more, "page": board.PAGE}


@frappe.whitelist()
def coverage_board_units() -> list[tuple[str, str, int]]:
	"""The units that the user may choose on the board: name, title, and how deep each stands in the tree."""
	return board.units_for(frappe.session.user)


@frappe.whitelist()
def coverage_board_day(employee: str, day: str) -> dict:
	"""What the user may do about a day of somebody of whom the board shows him everything; nothing for others."""
	user = frappe.session.user
	if not board.is_shown_in_full(user, employee):
		return {}
	return from_the_board.of_day(employee, frappe.utils.getdate(day), user)


@frappe.whitelist(methods=["POST"])
def make_calendar_feed(unit: str | None = None) -> dict:
	"""A link for a calendar program, shown this once: to the user's own days, or to those of a unit whose people he sees."""
	user = frappe.session.user
	if not unit:
		return feeds.make_own(user)
	board.refuse_feed(user, unit)
	return feeds.make_for_unit(user, unit)


@frappe.whitelist(methods=["POST"])
def revoke_calendar_feed(feed: str) -> dict:
	"""End a link: whoever made it, or who administers the site."""
	doc = opened(FEED, feed)
	feeds.revoke(doc)
	return {"revoked_on": doc.revoked_on}


# By address and token: an agency has one address for all its people, and programs ask every hour or so.
@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(key="token", limit=60, seconds=3600)
def calendar_feed(token: str = "") -> Response:
	"""The days of a link, for whoever has it; for a wrong or ended one nothing, not even a reason."""
	feed = feeds.found(token)
	names = board.names_in(feed) if feed else None
	if not names:
		return Response(status=404)
	answer = Response(feeds.as_calendar(feed, names), content_type="text/calendar; charset=utf-8")
	answer.headers["Cache-Control"] = "private, max-age=900"
	return answer


@frappe.whitelist(methods=["POST"])
def check_import(name: str) -> dict:
	"""Look at the file of an import; what would become of it stands on the import afterwards."""
	doc = opened(IMPORT, name)
	doc.check_file()
	return _import_as_it_stands(doc)


@frappe.whitelist(methods=["POST"])
def apply_import(name: str) -> dict:
	"""Leave the file of an import to a worker."""
	doc = opened(IMPORT, name)
	doc.apply_file()
	return _import_as_it_stands(doc)


@frappe.whitelist(methods=["POST"])
def undo_import(name: str) -> dict:
	"""Leave it to a worker to take back what an import has written, while nothing was built on it."""
	doc = opened(IMPORT, name)
	doc.undo_import()
	return _import_as_it_stands(doc)


@frappe.whitelist(methods=["POST"])
def push_import(company: str = "", profile: str = "", rows: str | list | None = None, key: str = "") -> dict:
	"""Rows that another system sends by itself, stored at once, with what became of each; under a key they are stored once."""
	pace.keep("import push", times=600, seconds=3600)
	refuse_other_than_texts(company=company, profile=profile, key=key)
	sent = pushing.listed(rows)
	pushed = pushing.push(company, profile, sent, key)
	answer = {**_import_as_it_stands(pushed.doc), "repeated": pushed.is_repeated}
	return {**answer, "rows": pushing.results(pushed.doc, len(sent))}


@frappe.whitelist(methods=["GET"])
def pull_schedule(
	company: str = "",
	from_date: str = "",
	to_date: str = "",
	unit: str | None = None,
	after: str | None = None,
	limit: str = "500",
) -> Response:
	"""Who works away from a date to a date, for another system: NIP, date, mode and unit, a page at a time."""
	user = frappe.session.user
	pace.keep("schedule pull", times=600, seconds=3600)
	refuse_other_than_texts(company=company, unit=unit or "", after=after or "")
	schedule_readers.refuse_stranger(user, company, unit)
	asked = schedule.asked(company, unit, from_date, to_date)
	page = {"company": company, "unit": asked.unit}
	page |= {"from_date": str(asked.since), "to_date": str(asked.until)}
	page |= schedule.page(asked, after, limit, user)
	answer = Response(json.dumps({"message": page}), content_type="application/json")
	# Whoever has the page already is told that it is the same, and not the page.
	answer.headers["Cache-Control"] = "private, no-cache"
	answer.add_etag()
	return answer.make_conditional(frappe.request)


def _import_as_it_stands(doc: Document) -> dict:
	return {
		"name": doc.name,
		"status": doc.status,
		"read_as": doc.read_as,
		"created": doc.created_count,
		"updated": doc.updated_count,
		"unchanged": doc.unchanged_count,
		"rejected": doc.rejected_count,
		"problems": doc.problems,
	}


@frappe.whitelist()
def letters_of(doctype: str, name: str) -> dict:
	"""The letters that were issued about a document, and those that the reader may issue now."""
	doc = _gives_letters(doctype, name)
	kinds = issuing.open_kinds(doc) if issuing.may_issue(doc, frappe.session.user) else []
	return {
		"issued": register.all_of(doc.doctype, doc.name),
		"open": [{"kind": kind.value, "is_numbered": issuing.is_numbered(doc, kind)} for kind in kinds],
	}


@frappe.whitelist(methods=["POST"])
def issue_letter(doctype: str, name: str, kind: str, number: str | None = None) -> dict:
	"""Enter a letter in the register, with the next number or one that is typed in: whoever decided, or HR."""
	letter = issuing.issue(_gives_letters(doctype, name), kind, number)
	return {"name": letter.name, "number": letter.number, "status": letter.status}


def _gives_letters(doctype: str, name: str) -> Document:
	if doctype not in OF:
		frappe.throw(_("No letter comes of {0}.").format(_(doctype)), frappe.PermissionError)
	return opened(doctype, name)


# By address alone: whoever tries tokens changes them.
@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=120, seconds=3600)
def letter_check(token: str = "") -> Response:
	"""Whether the letter with this code holds, for whoever has it in his hand: number, date and kind, and nobody's name."""
	letter = check.found(token)
	with print_language(LANGUAGE):
		page = frappe.render_template("mkd_hrms/templates/letters/check.html", {"letter": letter})
	answer = Response(page, status=200 if letter else 404, content_type="text/html; charset=utf-8")
	answer.headers.update(check.HEADERS)
	return answer
