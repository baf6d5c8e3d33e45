"""Where somebody checked in on an MKD day (rule D2): a hint for his superior, never a verdict, and nothing is refused.

Compared is only what was declared: without coordinates in the request no check-in is looked at twice. Nobody is
outside whom the inaccuracy of his device may have put there. The hint keeps distances, and no coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import flt

from hrms.hr.utils import get_distance_between_coordinates

from mkd_hrms.constants import CONFIRMED, DAY, EXPLAINED, OPEN, PLACE_HINT, REQUEST, SETTINGS
from mkd_hrms.services import checkins, clock, false_places, ladder
from mkd_hrms.services.approvers import is_hr, is_superior_or_hr
from mkd_hrms.services.situation import read_person
from mkd_hrms.services.workflow.states import MoveNotAllowed

OUTSIDE, INACCURATE = "Outside the Declared Place", "Inaccurate Position"
SAVEPOINT = "mkd_place"


@dataclass(frozen=True, slots=True)
class Seen:
	"""What a check-in says about the place, in metres; no distance where the position is too inaccurate."""

	kind: str
	accuracy: float
	distance: float | None = None


def look_at(checkin, method=None) -> None:
	"""Leave a hint about a check-in that has just been stored. Whatever goes wrong here, the check-in stands."""
	if not is_known_place(checkin):
		return
	frappe.db.savepoint(SAVEPOINT)
	try:
		_look_at(checkin)
	except Exception:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.log_error(
			title="MKD: the place of a check-in was not looked at",
			reference_doctype=checkin.doctype,
			reference_name=checkin.name,
		)


def _look_at(checkin) -> None:
	day = checkins.day_of(checkin)
	if seen := _compare(checkin, day):
		hint = frappe.new_doc(PLACE_HINT)
		hint.update({name: day[name] for name in ("employee", "employee_name", "department", "company")})
		hint.update({"mkd_day": day.name, "mkd_date": day.mkd_date, "checkin": checkin.name, "status": OPEN})
		hint.update(
			{"kind": seen.kind, "distance_m": round(seen.distance or 0), "accuracy_m": round(seen.accuracy)}
		)
		_store(hint)


def is_known_place(checkin) -> bool:
	"""Whether a check-in says where somebody was on an MKD day."""
	return _has_position(checkin) and bool(checkins.day_of(checkin))


def _has_position(checkin) -> bool:
	return bool(flt(checkin.latitude) or flt(checkin.longitude))


def _compare(checkin, day) -> Seen | None:
	"""A distance beyond the radius even if the device erred in his favour; a position too coarse to say anything."""
	place = _declared(day)
	if not place:
		return None
	accuracy = flt(checkin.get("mkd_accuracy"))
	if accuracy > _limit("accuracy_limit_m"):
		return Seen(INACCURATE, accuracy)
	distance = get_distance_between_coordinates(*place, flt(checkin.latitude), flt(checkin.longitude))
	return Seen(OUTSIDE, accuracy, distance) if distance - accuracy > _limit("place_radius_m") else None


def _declared(day) -> tuple[float, float] | None:
	if day.source_doctype != REQUEST:
		return None
	place = frappe.db.get_value(REQUEST, day.source_name, ["place_latitude", "place_longitude"])
	return (flt(place[0]), flt(place[1])) if place and any(map(flt, place)) else None


def _limit(field: str) -> int:
	return frappe.db.get_single_value(SETTINGS, field) or 0


def review(name: str, status: str, note: str) -> str:
	"""Find that a hint is explained, or confirm a false place. HR may correct what was found; returns the status."""
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
	if hint.status != OPEN and not is_hr(user):
		frappe.throw(_("This hint has been reviewed; only HR corrects it."), MoveNotAllowed)
	if not (note or "").strip():
		frappe.throw(_("Say what you found: the employee reads the note."), frappe.MandatoryError)
	was = hint.status
	hint.update({"status": status, "note": note.strip(), "reviewer": user, "reviewed_on": clock.now()})
	_store(hint)
	if was != status and CONFIRMED in (was, status):
		_tell_the_day(hint)
	return status


def _tell_the_day(hint) -> None:
	"""What is confirmed, or not any more, counts on the day, and is answered there (rule D8)."""
	known = bool(frappe.db.get_value(DAY, hint.mkd_day, "false_place"))
	confirmed = bool(frappe.db.exists(PLACE_HINT, {"mkd_day": hint.mkd_day, "status": CONFIRMED}))
	if confirmed and not known:
		false_places.confirm(hint.mkd_day, hint.note)
	elif known and not confirmed:
		false_places.take_back(hint.mkd_day)
		ladder.settle(hint.employee)


def explain_all(day: str, note: str) -> None:
	"""What was confirmed about a day was found to be wrong, and no hint of the day says so any more."""
	for name in frappe.get_all(PLACE_HINT, {"mkd_day": day, "status": CONFIRMED}, pluck="name"):
		hint = frappe.get_doc(PLACE_HINT, name, for_update=True)
		found = {"status": EXPLAINED, "note": note, "reviewer": frappe.session.user}
		hint.update({**found, "reviewed_on": clock.now()})
		_store(hint)


def _store(hint) -> None:
	hint.flags.from_service = hint.flags.ignore_permissions = True
	hint.save()
