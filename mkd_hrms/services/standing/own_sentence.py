"""What an employee reads of himself on his home page: in one sentence whether he may work away this and the next week."""

from __future__ import annotations

from datetime import timedelta

from frappe import _

from mkd_hrms.facts.people import Person
from mkd_hrms.policy.model import Outcome
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_by_day
from mkd_hrms.services.standing import employee_overview
from mkd_hrms.services.standing.employee_overview import Sight

COLOURS = {Outcome.ELIGIBLE: "green", Outcome.NOT_ELIGIBLE: "red", Outcome.NEEDS_REVIEW: "orange"}


def of(person: Person) -> dict:
	"""The sentence and its colour, as plain text; and the name of the standing in which the reasons are told."""
	shown = employee_overview.of(person, Sight.ALL)
	if not shown:
		return {"sentence": _("No MKD policy is in force for you. Ask HR."), "colour": "gray"}
	standing = shown["standing"]
	found = {"sentence": _sentence(standing, _first_day(person), *shown["weeks"])}
	found["colour"] = COLOURS.get(standing["outcome"], "gray")
	return found | ({"standing": person.employee} if standing["outcome"] else {})


def _first_day(person: Person) -> str:
	"""The first date that can still be asked for: today until its hour of the policy has come."""
	now = clock.now()
	policy = policy_by_day(person.company)(now.date())
	has_begun = policy is None or now.time() >= policy.expiry_time
	return str(now.date() + timedelta(days=has_begun))


def _sentence(standing: dict, first_day: str, this: dict, coming: dict) -> str:
	if standing["outcome"] == Outcome.NOT_ELIGIBLE:
		return _("You may not work away at present: {0}.").format(", ".join(standing["failed"]))
	if standing["outcome"] == Outcome.NEEDS_REVIEW:
		unknown = ", ".join(standing["unknown"])
		return _("You may apply, and HR first answers what is not known: {0}.").format(unknown)
	if not standing["outcome"]:
		return _("You have not been evaluated yet; whatever you apply for is judged at once.")
	left = _("this week {0}; next week {1}").format(_week(this, first_day), _week(coming, first_day))
	if standing["changes_on"]:
		return _("You may work away: {0}. It stays so until {1}.").format(left, standing["changes_on"])
	return _("You may work away: {0}.").format(left)


def _week(week: dict, first_day: str) -> str:
	"""What is left of a week that has begun are at most the days that are still to come."""
	limit, used = week["limit"], week["used"]
	if limit is None:
		return _("no policy is in force")
	ahead = sum(day["kind"] == "office" and day["date"] >= first_day for day in week["days"])
	return _("{0} of {1} days used, {2} left").format(used, limit, max(0, min(limit - used, ahead)))
