"""Where somebody checked in on an MKD day (rule D2): a hint for his superior, never a verdict, and nothing is refused.

Compared is only what was declared: without coordinates in the request no check-in is looked at twice. Nobody is
outside whom the inaccuracy of his device may have put there. The hint keeps distances, and no coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass

from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from hrms.hr.utils import get_distance_between_coordinates

from mkd_hrms.constants import (
	CONFIRMED,
	DAILY_REPORT,
	DAY,
	EXPLAINED,
	OBJECTION,
	OPEN,
	PLACE_HINT,
	REQUEST,
	SETTINGS,
	UPHELD,
	WORKED,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, read_day
from mkd_hrms.services.attendance import checkins
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.discipline import ladder
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.approvers import is_superior_or_hr
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.deadlines import objection_until
from mkd_hrms.services.workflow.states import MoveNotAllowed

OUTSIDE, INACCURATE = "Outside the Declared Place", "Inaccurate Position"
SAVEPOINT = "mkd_place"


@dataclass(frozen=True, slots=True)
class Seen:
	"""What a check-in says about the place, in metres; no distance where the position is too inaccurate."""

	kind: str
	accuracy: float
	distance: float | None = None


def look_at(checkin: Document, method: str | None = None) -> None:
	"""Leave a hint about a check-in that has just been stored. Whatever goes wrong here, the check-in stands."""
	if not is_known_place(checkin):
		return
	frappe.db.savepoint(SAVEPOINT)
	try:
		_look_at(checkin)
	except JobTimeoutException:
		raise
	except Exception:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.log_error(
			title="MKD: the place of a check-in was not looked at",
			reference_doctype=checkin.doctype,
			reference_name=checkin.name,
		)


def _look_at(checkin: Document) -> None:
	day = checkins.day_of(checkin)
	if seen := _compare(checkin, day):
		hint = frappe.new_doc(PLACE_HINT)
		hint.update({name: day[name] for name in ("employee", "employee_name", "department", "company")})
		hint.update({"mkd_day": day.name, "mkd_date": day.mkd_date, "checkin": checkin.name, "status": OPEN})
		hint.update(
			{"kind": seen.kind, "distance_m": round(seen.distance or 0), "accuracy_m": round(seen.accuracy)}
		)
		_store(hint)


def is_known_place(checkin: Document) -> bool:
	"""Whether a check-in says where somebody was on an MKD day."""
	return _has_position(checkin) and bool(checkins.day_of(checkin))


def _has_position(checkin: Document) -> bool:
	return bool(flt(checkin.latitude) or flt(checkin.longitude))


def _compare(checkin: Document, day: frappe._dict) -> Seen | None:
	"""A distance beyond the radius even if the device erred in his favour; a position too coarse to say anything."""
	place = _declared(day)
	if not place:
		return None
	accuracy = flt(checkin.get("mkd_accuracy"))
	if accuracy > _limit("accuracy_limit_m"):
		return Seen(INACCURATE, accuracy)
	distance = get_distance_between_coordinates(*place, flt(checkin.latitude), flt(checkin.longitude))
	return Seen(OUTSIDE, accuracy, distance) if distance - accuracy > _limit("place_radius_m") else None


def _declared(day: frappe._dict) -> tuple[float, float] | None:
	"""Latitude and longitude of the declared place, in degrees."""
	if day.source_doctype != REQUEST:
		return None
	place = frappe.db.get_value(REQUEST, day.source_name, ["place_latitude", "place_longitude"])
	return (flt(place[0]), flt(place[1])) if place and any(map(flt, place)) else None


def _limit(field: str) -> int:
	"""A limit of the settings, in metres."""
	return frappe.db.get_single_value(SETTINGS, field) or 0


def review(name: str, status: str, note: str) -> str:
	"""Find that a hint is explained, or confirm a false place. HR may correct what was found; returns the status.

	Raises PermissionError, MoveNotAllowed, or MandatoryError without a note.
	"""
	hint = frappe.get_doc(PLACE_HINT, name, for_update=True)
	person, user = read_person(hint.employee), frappe.session.user
	if not is_superior_or_hr(person, user):
		frappe.throw(
			_("Only {0}'s superior or HR reviews this hint, and nobody about himself.").format(
				person.employee_name
			),
			frappe.PermissionError,
		)
	if status not in (EXPLAINED, CONFIRMED):
		frappe.throw(_("A hint is either explained or confirmed."), MoveNotAllowed)
	if hint.status != OPEN and not acts_for_hr(user, hint.employee, PLACE_HINT):
		frappe.throw(_("This hint has been reviewed; only HR corrects it."), MoveNotAllowed)
	if not (note or "").strip():
		frappe.throw(_("Say what you found: the employee reads the note."), frappe.MandatoryError)
	was = hint.status
	hint.update({"status": status, "note": note.strip(), "reviewer": user, "reviewed_on": clock.now()})
	_store(hint)
	if was != status and CONFIRMED in (was, status):
		_tell_the_day(hint)
	return status


def _tell_the_day(hint: Document) -> None:
	"""What is confirmed, or not any more, counts on the day, and is answered there (rule D8)."""
	known = bool(frappe.db.get_value(DAY, hint.mkd_day, "false_place"))
	confirmed = bool(frappe.db.exists(PLACE_HINT, {"mkd_day": hint.mkd_day, "status": CONFIRMED}))
	if confirmed and not known:
		confirm(hint.mkd_day, hint.note)
	elif known and not confirmed:
		take_back(hint.mkd_day)
		ladder.settle(hint.employee)


def explain_all(day: str, note: str) -> None:
	"""What was confirmed about a day was found to be wrong, and no hint of the day says so any more."""
	for name in frappe.get_all(PLACE_HINT, {"mkd_day": day, "status": CONFIRMED}, pluck="name"):
		hint = frappe.get_doc(PLACE_HINT, name, for_update=True)
		found = {"status": EXPLAINED, "note": note, "reviewer": frappe.session.user}
		hint.update({**found, "reviewed_on": clock.now()})
		_store(hint)


def _store(hint: Document) -> None:
	hint.flags.from_service = hint.flags.ignore_permissions = True
	hint.save()


def confirm(name: str, reason: str) -> None:
	"""The superior, or HR for him, confirms that the place of a worked day was false. Nobody does about himself.

	What an objection has undone is not found once more (rule W13). Raises PermissionError, MoveNotAllowed,
	MandatoryError without a reason, DoesNotExistError.
	"""
	day = read_day(SiteDatabase(), name)
	if not day:
		frappe.throw(_("There is no MKD day {0}.").format(name), frappe.DoesNotExistError)
	person = read_person(day.employee)
	if not is_superior_or_hr(person, frappe.session.user):
		frappe.throw(
			_("Only {0}'s superior or HR confirms this, and nobody about himself.").format(
				person.employee_name
			),
			frappe.PermissionError,
		)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	booking.lock_person(day.employee)
	if frappe.db.get_value(DAY, name, ["status", "false_place"], for_update=True) != (WORKED, 0):
		frappe.throw(_("Only of a worked day can the place be confirmed as false, and once."), MoveNotAllowed)
	_refuse_what_was_upheld(day)
	transitions.remark(
		name,
		false_place=1,
		confirmed_by=frappe.session.user,
		confirmed_on=clock.now(),
		confirmation_reason=reason.strip(),
		objection_until=objection_until(day),
	)
	ladder.settle(day.employee)


def _refuse_what_was_upheld(day: DueDay) -> None:
	"""One level: what HR decided about the day, or about its report, stands against whoever would find it again.

	An objection to the suspension of a day that lay ahead was about something else.
	"""
	about = {"against_doctype": ("in", (DAY, DAILY_REPORT)), "against_name": ("in", _decided_about(day))}
	upheld = {**about, "status": UPHELD, "filed_on": (">=", day.mkd_date)}
	# Asked behind the lock, for it may have been upheld while this waited for it.
	if objection := frappe.db.get_value(OBJECTION, upheld, for_update=True):
		frappe.throw(
			_(
				"Objection {0} against what was found about this day was upheld: it is not found again."
			).format(objection),
			MoveNotAllowed,
		)


def _decided_about(day: DueDay) -> list[str]:
	"""The day, and its reports: one that was cancelled may have been written anew."""
	reports = {"employee": day.employee, "mkd_date": day.mkd_date}
	return [day.name, *frappe.get_all(DAILY_REPORT, reports, pluck="name")]


def take_back(name: str) -> None:
	"""What was confirmed was found to be wrong."""
	booking.lock_person(frappe.db.get_value(DAY, name, "employee"))
	transitions.remark(name, false_place=0)
