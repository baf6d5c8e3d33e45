"""Who comes to the office on his MKD day may give the day back to his week, before noon (rule D1)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, format_time

from mkd_hrms.constants import APPROVED, CHECKIN, COLLECTIVE_DAY, REQUEST
from mkd_hrms.facts.users import user_of
from mkd_hrms.policy.day.day_end import may_give_back
from mkd_hrms.services.attendance import checkins
from mkd_hrms.services.booked_days import withdrawal
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.policies.in_force import policy_on


class NotGivenBack(frappe.ValidationError):
	"""The day of a check-in stays what it is."""


def day_of(checkin: Document) -> frappe._dict | None:
	"""The approved MKD day on whose date the check-in was made, where it came from a request or a circular."""
	day = checkins.day_of(checkin)
	return day if day and day.status == APPROVED and day.source_doctype in (REQUEST, COLLECTIVE_DAY) else None


def obstacle(checkin: Document, day: frappe._dict | None) -> str | None:
	"""Why the day of a check-in cannot be given back now; None where it can."""
	if not day:
		return _("There is no approved MKD day on {0}.").format(format_date(checkins.date_of(checkin)))
	if day.source_doctype == COLLECTIVE_DAY:
		return withdrawal.by_circular()
	policy = policy_on(day.company, day.mkd_date)
	if not may_give_back(policy, day.mkd_date, clock.now()):
		return _("An MKD day is given back at the office on the day itself, before {0}.").format(
			format_time(policy.release_until_time, "HH:mm")
		)
	if not checkins.is_at_office(checkin):
		return _("This check-in was not made within the office radius.")
	if day.daily_report:
		return _("The day has its report already: {0}.").format(day.daily_report)
	return None


def _open_day(checkin: Document) -> frappe._dict | None:
	"""The day that may be given back now. Whoever has no MKD day costs one look-up at most."""
	if checkins.date_of(checkin) != clock.today() or not checkin.shift or not checkins.is_tracked():
		return None
	day = day_of(checkin)
	return day if day and not obstacle(checkin, day) else None


def offer(checkin: Document) -> None:
	"""Let the form of his own check-in offer it to the employee."""
	if not checkin.is_new() and _user_of(checkin) == frappe.session.user and (day := _open_day(checkin)):
		until = policy_on(day.company, day.mkd_date).release_until_time
		checkin.set_onload("mkd_release", {"date": day.mkd_date, "until": format_time(until, "HH:mm")})


def tell(checkin: Document) -> None:
	"""Tell the employee, who may have checked in by telephone or at a machine, that he can give the day back."""
	day = _open_day(checkin)
	user = _user_of(checkin) if day else None
	if not user:
		return
	until = format_time(policy_on(day.company, day.mkd_date).release_until_time, "HH:mm")
	# A mail would be read when it is too late: its Notification is one of the desk alone.
	announce("mkd_at_office", CHECKIN, Announcement((user,), CHECKIN, checkin.name, {"until": until}))


def release(checkin: Document) -> Document:
	"""Give the day of a check-in back: the employee himself, at the office, in time. Returns the request.

	Raises NotGivenBack, PermissionError.
	"""
	if _user_of(checkin) != frappe.session.user:
		frappe.throw(_("Everybody gives back his own MKD days only."), frappe.PermissionError)
	day = day_of(checkin)
	if reason := obstacle(checkin, day):
		frappe.throw(reason, NotGivenBack)
	request = frappe.get_doc(REQUEST, day.source_name)
	withdrawal.release_at_office(request, day.mkd_date)
	return request


def _user_of(checkin: Document) -> str | None:
	return user_of(checkin.employee)
