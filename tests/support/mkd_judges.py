"""How a case of a scenario file is run: one judge per kind of question, and which rule asks which."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import partial
from unittest import TestCase

import mkd_support
from mkd_judge_of_ladder import judge_ladder
from mkd_scenarios import Scenario

from mkd_hrms.policy import coverage, dates, evaluate, quota
from mkd_hrms.policy.dates import Calendar, HolidayList, ShiftList
from mkd_hrms.policy.day import daily_report, day_end
from mkd_hrms.policy.day.day_end import DayEnd
from mkd_hrms.policy.day.outages import Outage, excuses, extended
from mkd_hrms.policy.day.working_hours import target_minutes, working_time
from mkd_hrms.policy.early_warnings import early_warnings
from mkd_hrms.policy.engine.next_change import changes_on
from mkd_hrms.policy.fair_order import Candidate, fair_order
from mkd_hrms.policy.model import RELEASED, USED_DAY_STATES, Gate
from mkd_hrms.policy.sentences import advice, warning_sentence

# The gate that each rule of eligibility speaks of; Q8 is the tier, a quota rule with a finding of its own.
GATE_OF = {
	"E1": Gate.STATUS,
	"E2": Gate.TYPE,
	"E3": Gate.NOT_NEW,
	"E4": Gate.ROLE,
	"E5": Gate.SERVICE_UNIT,
	"E6": Gate.PERFORMANCE,
	"E7": Gate.FRESHNESS,
	"E8": Gate.TALENT_BOX,
	"E9": Gate.ABSENCE,
	"E10": Gate.RECORDS,
	"E11": Gate.LATENESS,
	"E12": Gate.DISCIPLINE,
	"E13": Gate.REPORTS,
	"E14": Gate.TRK,
	"E15": Gate.AGREEMENT,
	"E16": Gate.READINESS,
	"E17": Gate.SUSPENSION,
	"Q8": Gate.TIER,
}
DECIDED = ("outcome", "failed", "unknown", "tier_limit")
MEASURED = ("verdict", "reason", "actual", "limit", "since", "until", "record")


def judge_decision(test: TestCase, case: Scenario) -> None:
	"""A decision about one MKD date. `failed` and `unknown` that are left out are expected to be empty."""
	policy, who = case.its_policy(), case.its_facts()
	if "refused" in case.expect:
		case.check("expect", ("refused",))
		with test.assertRaisesRegex(ValueError, case.expect["refused"]):
			evaluate(policy, who, case.on, case.today)
		return
	case.check("expect", (*DECIDED, "silent", *MEASURED), ("outcome",))
	decision = evaluate(policy, who, case.on, case.today)
	_judge_outcome(test, case, decision)
	_judge_finding(test, case, decision, GATE_OF[case.rule])


def judge_gate_decision(test: TestCase, case: Scenario) -> None:
	"""What becomes of the finding of `gate` after somebody has decided about it."""
	case.check("expect", (*DECIDED, "gate", *MEASURED), ("outcome", "gate", "verdict"))
	decision = evaluate(case.its_policy(), case.its_facts(), case.on, case.today)
	_judge_outcome(test, case, decision)
	_judge_finding(test, case, decision, Gate(case.expect["gate"]))


def judge_warnings(test: TestCase, case: Scenario) -> None:
	"""The early warnings in their order; each case says of each warning what it wants to say."""
	case.check("expect", ("warnings",), ("warnings",))
	found = early_warnings(case.its_policy(), case.its_facts(), case.on, case.today)
	known = ("gate", "reason", "actual", "limit", "until", "record", "threshold", "sentence", "advice")
	for wanted in case.expect["warnings"]:
		if unknown := set(wanted) - set(known):
			raise case.error(f"a warning has unknown {', '.join(unknown)}; allowed are {', '.join(known)}")
	said = [
		{name: getattr(warning, name, None) for name in known}
		| {"sentence": warning_sentence(warning), "advice": advice(warning)}
		for warning in found
	]
	test.assertEqual(
		[warning["gate"] for warning in said], [each["gate"] for each in case.expect["warnings"]]
	)
	for warning, wanted in zip(said, case.expect["warnings"], strict=True):
		test.assertEqual({name: warning[name] for name in wanted}, wanted)


def judge_change(test: TestCase, case: Scenario) -> None:
	"""The next date with another decision; `next_policy_from` is when another policy begins."""
	case.check("expect", ("changes_on", "next_policy_from"), ("changes_on",))
	starts = case.expect.get("next_policy_from")
	found = changes_on(case.its_policy(), case.its_facts(), case.on, case.today, starts)
	test.assertEqual(found, case.expect["changes_on"])


def _judge_outcome(test: TestCase, case: Scenario, decision) -> None:
	test.assertEqual(decision.failed, tuple(case.expect.get("failed", ())), "failing gates")
	test.assertEqual(decision.unknown, tuple(case.expect.get("unknown", ())), "unknown gates")
	test.assertEqual(decision.outcome.value, case.expect["outcome"])
	if "tier_limit" in case.expect:
		test.assertEqual(decision.tier_limit, case.expect["tier_limit"], "tier limit")


def _judge_finding(test: TestCase, case: Scenario, decision, gate: Gate) -> None:
	found = mkd_support.finding_of(decision, gate)
	if case.expect.get("silent"):
		test.assertIsNone(found, "the gate has nothing to say")
		return
	wanted = {name: case.expect[name] for name in MEASURED if name in case.expect}
	if wanted:
		test.assertIsNotNone(found, "the gate must have a finding")
	test.assertEqual({name: getattr(found, name) for name in wanted}, wanted)


def judge_weekly_limit(test: TestCase, case: Scenario) -> None:
	"""The limit of a week; `beside` are other policies in force on some of its days, by their changes.

	So many `collective` days of it are by circular.
	"""
	case.check("given", ("tier", "workdays", "beside", "collective"), ("tier", "workdays"))
	case.check("expect", ("limit",), ("limit",))
	given, policies = {**case.given, "special": case.rule == "Q9"}, [case.its_policy()]
	for changes in map(dict, given.pop("beside", ())):
		policies.append(replace(case, pack=changes.pop("pack", case.pack), policy=changes).its_policy())
	for ordered in (policies, policies[::-1]):
		test.assertEqual(quota.strictest_limit(ordered, **given), case.expect["limit"])


def judge_room(test: TestCase, case: Scenario) -> None:
	"""How many more of a unit may work away on a date, and which limit says so."""
	case.check("given", coverage.Headcount._fields, ("headcount",))
	case.check("expect", ("cap", "minimum", "room", "bound"), ("cap", "minimum", "room", "bound"))
	found = coverage.room_on(coverage.limits_of_policy(case.its_policy()), coverage.Headcount(**case.given))
	test.assertEqual(found._asdict() | {"bound": found.bound.value}, dict(case.expect))


def judge_counting(test: TestCase, case: Scenario) -> None:
	"""Which days of a ledger hold a place in their week."""
	case.check("given", ("days",), ("days",))
	case.check("expect", ("used",), ("used",))
	states = {*USED_DAY_STATES, RELEASED}
	if unknown := set(case.given["days"].values()) - states:
		raise case.error(f"no state of a day: {', '.join(unknown)}")
	used = quota.by_week(day for day, state in case.given["days"].items() if state in USED_DAY_STATES)
	test.assertEqual(used, case.expect["used"])


def judge_weeks(test: TestCase, case: Scenario) -> None:
	"""Whether the asked days fit into their weeks; `weeks` gives limit, used and asked of each."""
	case.check("given", ("asked", "used", "limits"), ("asked", "limits"))
	case.check("expect", ("weeks", "offending"), ("weeks", "offending"))
	weeks = quota.weigh(case.given["asked"], case.given.get("used", {}), case.given["limits"])
	test.assertEqual({use.week: [use.limit, use.used, use.asked] for use in weeks}, case.expect["weeks"])
	test.assertEqual([use.week for use in quota.offending(weeks)], case.expect["offending"])


def judge_slots(test: TestCase, case: Scenario) -> None:
	case.check("given", ("taken", "limit"), ("taken", "limit"))
	case.check("expect", ("free",), ("free",))
	test.assertEqual(list(quota.free_slots(**case.given)), case.expect["free"])


def judge_iso_weeks(test: TestCase, case: Scenario) -> None:
	"""The week of each day, or the first and the last day of a week."""
	case.check("given", ("days", "week"))
	case.check("expect", ("weeks", "first", "last", "refused"))
	if "days" in case.given:
		test.assertEqual([dates.iso_week(day) for day in case.given["days"]], case.expect["weeks"])
	elif case.expect.get("refused"):
		with test.assertRaises(ValueError):
			dates.week_days(case.given["week"])
	else:
		days = dates.week_days(case.given["week"])
		test.assertEqual((days[0], days[-1], len(days)), (case.expect["first"], case.expect["last"], 7))


def judge_calendar(test: TestCase, case: Scenario) -> None:
	"""Working (true), not working (false) or not known (null), day by day."""
	case.check("given", ("lists", "shifts"), ("lists",))
	case.check("expect", ("working", "names"), ("working",))
	calendar = _calendar(case)
	days = sorted(case.expect["working"])
	test.assertEqual({day: calendar.is_working(day) for day in days}, case.expect["working"])
	period = days[0], days[-1]
	for listed, answer in ((calendar.off_days, False), (calendar.unknown_days, None)):
		found = [day for day in listed(*period) if day in days]
		test.assertEqual(found, [day for day in days if case.expect["working"][day] is answer])
	for day, name in case.expect.get("names", {}).items():
		test.assertEqual(calendar.holiday(day), name)


def judge_range(test: TestCase, case: Scenario) -> None:
	"""What a range or a weekly pattern asks for, and which of its days the calendar skips."""
	case.check("given", ("start", "end", "weekdays", "lists"), ("start", "end"))
	case.check("expect", ("days", "skipped", "charged"), ("days",))
	days = dates.expand(case.given["start"], case.given["end"], case.given.get("weekdays"))
	calendar = _calendar(case)
	skipped = [day for day in days if calendar.is_working(day) is False]
	kept = [day for day in days if day not in skipped]
	test.assertEqual(kept, case.expect["days"])
	test.assertEqual(skipped, case.expect.get("skipped", []))
	if "charged" in case.expect:
		test.assertEqual(quota.by_week(kept), case.expect["charged"])


def judge_report_time(test: TestCase, case: Scenario) -> None:
	"""How the report of a day stands at certain moments; `approved` is the moment in which the day was."""
	case.check("given", ("day", "lists", "approved"), ("day", "lists"))
	case.check("expect", ("timing",), ("timing",))
	policy, calendar, approved = case.its_policy(), _calendar(case), case.given.get("approved")

	def stands(moment: str) -> str:
		at, since = datetime.fromisoformat(moment), datetime.fromisoformat(approved) if approved else None
		return daily_report.timing(policy, calendar, case.given["day"], at, approved_at=since).value

	said = {moment: stands(moment) for moment in case.expect["timing"]}
	test.assertEqual(said, case.expect["timing"])


def judge_giving_back(test: TestCase, case: Scenario) -> None:
	"""Whether a day may still be given back at the office, at certain moments."""
	case.check("given", ("day",), ("day",))
	case.check("expect", ("given_back",), ("given_back",))
	said = {
		moment: day_end.may_give_back(case.its_policy(), case.given["day"], datetime.fromisoformat(moment))
		for moment in case.expect["given_back"]
	}
	test.assertEqual(said, case.expect["given_back"])


def judge_day_end(test: TestCase, case: Scenario) -> None:
	"""What becomes of a day of which some things are known."""
	case.check("given", tuple(entry.name for entry in fields(DayEnd)))
	case.check("expect", ("ending",), ("ending",))
	test.assertEqual(DayEnd(**case.given).ending.value, case.expect["ending"])


def judge_last_minute(test: TestCase, case: Scenario) -> None:
	"""Until when something is done within the working days that the policy gives; `days` names its number."""
	case.check("given", ("since", "days", "lists"), ("since", "days", "lists"))
	case.check("expect", ("until",), ("until",))
	policy, since = case.its_policy(), case.given["since"]
	days = getattr(policy, case.given["days"])
	found = daily_report.last_minute(policy, _calendar(case), since, days, since + timedelta(days=31))
	wanted = case.expect["until"]
	test.assertEqual(found, wanted and datetime.fromisoformat(wanted))


def judge_target(test: TestCase, case: Scenario) -> None:
	"""How many minutes are to be worked on a day."""
	case.check("given", ("day", "shift"), ("day",))
	case.check("expect", ("target",), ("target",))
	found = target_minutes(case.its_policy(), case.given["day"], case.given.get("shift"))
	test.assertEqual(found, case.expect["target"])


def judge_outage(test: TestCase, case: Scenario) -> None:
	"""When something is due after the outages that an officer has recorded, or what they excuse from day to day."""
	case.check("given", ("due", "since", "until", "outages"), ("outages",))
	case.check("expect", ("due", "excused"))
	read = datetime.fromisoformat
	outages = [
		Outage(**{name: read(value) for name, value in entry.items()}) for entry in case.given["outages"]
	]
	if "due" in case.given:
		test.assertEqual(extended(read(case.given["due"]), outages), read(case.expect["due"]))
		return
	worked = partial(working_time, case.its_policy())
	found = excuses(outages, worked, case.given["since"], case.given["until"])
	said = {
		day: ["absent", *["late"] * excuse.late, *["early"] * excuse.early] for day, excuse in found.items()
	}
	test.assertEqual(said, case.expect["excused"])


def judge_fair_order(test: TestCase, case: Scenario) -> None:
	"""Who comes first on a date of one unit, and what puts each behind the one before him."""
	case.check("given", ("asked", "on"), ("asked",))
	case.check("expect", ("order", "behind_by"), ("order", "behind_by"))
	asked = [Candidate(**entry) for entry in case.given["asked"]]
	order = fair_order("Biro Umum", case.given.get("on", date(2026, 11, 26)), asked)
	test.assertEqual([placed.candidate.person for placed in order], case.expect["order"])
	test.assertEqual([placed.behind_by.value for placed in order[1:]], case.expect["behind_by"])


def _calendar(case: Scenario) -> Calendar:
	"""Holiday lists, the person's own first, and the shifts that may have one; the weekends of their period are off as well."""
	shifts = (
		ShiftList(shift["since"], shift["until"], _holiday_list(shift["list"]) if "list" in shift else None)
		for shift in case.given.get("shifts", ())
	)
	return Calendar(tuple(_holiday_list(entry) for entry in case.given.get("lists", ())), tuple(shifts))


def _holiday_list(entry) -> HolidayList:
	start, end = entry["valid_from"], entry["valid_to"]
	weekends: dict[date, str] = dict.fromkeys(
		dates.expand(start, end, entry.get("weekly_off", (6, 7))), "weekly off"
	)
	return HolidayList(entry["name"], start, end, weekends | entry.get("holidays", {}))


JUDGES = dict.fromkeys(GATE_OF, judge_decision) | {
	"D1": judge_giving_back,
	"D10": judge_warnings,
	"D11": judge_outage,
	"D4": judge_report_time,
	"D5": judge_last_minute,
	"D6": judge_day_end,
	"D8": judge_ladder,
	"D7": judge_target,
	"H1": judge_gate_decision,
	"N1": judge_change,
	"Q1": judge_weekly_limit,
	"Q3": judge_counting,
	"Q4": judge_counting,
	"Q5": judge_weeks,
	"Q6": judge_slots,
	"Q7": judge_weeks,
	"Q9": judge_weekly_limit,
	"T2": judge_iso_weeks,
	"T3": judge_calendar,
	"T5": judge_range,
	"W5": judge_room,
	"W6": judge_fair_order,
}


def keys_of(rule: str) -> tuple[str, ...]:
	"""What every case of the rule must say; a decision is for a date, as known on another."""
	return ("on", "today", "expect") if rule in (*GATE_OF, "D10", "H1", "N1") else ("expect",)
