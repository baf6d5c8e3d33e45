"""How a case of the ladder (D8) is run."""

from datetime import date
from unittest import TestCase

from mkd_scenarios import Scenario

from mkd_hrms.policy.ladder import Answer, Event, due, last_day


def judge_ladder(test: TestCase, case: Scenario) -> None:
	"""Which measures are due and which have fallen, or until when a step lasts that begins on a day."""
	case.check("given", ("today", "since", "days", "answered", "step", "begins"))
	case.check("expect", ("due", "referral", "fallen", "last_day"))
	policy, given = case.its_policy(), case.given
	if "step" in given:
		step = next(row for row in policy.ladder if row.step == given["step"])
		test.assertEqual(last_day(step, given["begins"]), case.expect["last_day"])
		return
	events = _events(given["days"])
	answers = [
		Answer(row["step"], row["times"], frozenset(_events(row["days"])))
		for row in given.get("answered", ())
	]
	if "fallen" in case.expect:
		fallen = [answer.step for answer in answers if not answer.stands(events)]
		test.assertEqual(fallen, case.expect["fallen"])
	found = due(lambda _day: policy.ladder, reversed(events), answers, given.get("since", date.min))
	said = [[each.step.step, each.step.measure, [event.on for event in each.events]] for each in found]
	test.assertEqual(said, case.expect["due"])
	referred = [each.step.step for each in found if each.step.referral]
	test.assertEqual(referred, case.expect.get("referral", []))


def _events(days) -> list[Event]:
	return [Event(day, kind, f"{kind} {day}") for kind, listed in days.items() for day in listed]
