"""What happens to an agency of two hundred people in a quarter: calendar, units, people and acts, drawn from a seed."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST, LAST = date(2026, 1, 2), date(2026, 3, 31)
# New Year, Nyepi, and Idul Fitri with the days around it.
HOLIDAYS = {date(2026, 1, 1), date(2026, 3, 19), *(date(2026, 3, day) for day in range(20, 25))}
ONE_DAY = timedelta(days=1)
# Each unit with the one above it; the first of a row has people of its own, too.
UNITS = {
	"Sekretariat": None,
	"Biro Umum": "Sekretariat",
	"Biro Hukum": "Sekretariat",
	"Dinas": None,
	"Bidang Data": "Dinas",
	"Bidang Jalan": "Dinas",
	"Bidang Air": "Dinas",
	"Badan": None,
	"Bidang Riset": "Badan",
	"Bidang Pajak": "Badan",
}
STAFFED = tuple(unit for unit, parent in UNITS.items() if parent)
GROUPS = tuple(unit for unit, parent in UNITS.items() if not parent)
PEOPLE, APPLICANTS_OF_A_UNIT, COUNTERS_OF_A_UNIT = 200, 3, 2
FIRST_CIRCULAR, SECOND_CIRCULAR = "circular 1", "circular 2"
# Whom the first circular keeps in the office on the day of the outage, at the switchboard.
OUTAGE_DAY = date(2026, 2, 12)
SWITCHBOARD = 3
TUESDAY = 2
# Two Mondays on which the agency is reorganised.
MOVED_ON, UNIT_MOVED_ON = date(2026, 2, 2), date(2026, 2, 16)
EARLIER = (date(2025, 10, 6), date(2025, 10, 7), date(2025, 10, 8))


@dataclass(frozen=True)
class Member:
	"""Somebody of the agency. `absences` are those of the year before."""

	key: str
	unit: str
	role: str
	absences: tuple[date, ...] = ()


@dataclass(frozen=True)
class Act:
	"""Something that somebody does at nine o'clock of a day, about a request, a person, a unit or a circular."""

	day: date
	kind: str
	about: str
	dates: tuple[date, ...] = ()
	value: str = ""


@dataclass(frozen=True)
class Circular:
	"""Every so and so day of a week; where one is a day off, the step in days to the one that takes its place."""

	key: str
	unit: str
	weekday: int
	begins: date
	ends: date
	step: int
	share: int = 100
	replaces: str = ""
	exempt: tuple[tuple[str, date], ...] = ()


@dataclass
class Plan:
	"""All of it. `absent` and `unreported` hold of whom, on which day, if he is in the office or away on it."""

	people: dict[str, Member] = field(default_factory=dict)
	acts: list[Act] = field(default_factory=list)
	circulars: dict[str, Circular] = field(default_factory=dict)
	absent: set[tuple[str, date]] = field(default_factory=set)
	unreported: set[tuple[str, date]] = field(default_factory=set)

	def of_the_day(self, day):
		return [act for act in self.acts if act.day == day]


def is_working(day):
	return day.isoweekday() < 6 and day not in HOLIDAYS


def days_from(first, last):
	return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def working_days(first, last):
	return [day for day in days_from(first, last) if is_working(day)]


def drawn(seed=1):
	"""The plan of a seed."""
	chance, plan = random.Random(seed), Plan()
	draw_people(plan)
	draw_conduct(plan, chance)
	write_circulars(plan)
	draw_requests(plan, chance)
	fill_weeks(plan)
	repeat_tuesdays(plan)
	draw_leave_and_recalls(plan, chance)
	reorganise(plan)
	plan.acts.append(Act(OUTAGE_DAY + ONE_DAY, "outage", "", (OUTAGE_DAY,)))
	# What is decided on a day comes after what is applied for on it.
	plan.acts.sort(key=lambda act: act.day)
	return plan


def draw_people(plan):
	"""A chief, a head for each unit, and everybody else in turns; their keys are in the order of their numbers."""
	units = [*STAFFED]
	roles = ["head", *["applicant"] * APPLICANTS_OF_A_UNIT, *["counter"] * COUNTERS_OF_A_UNIT]
	for number in range(PEOPLE):
		unit, place = units[number % len(units)], number // len(units)
		role = roles[place] if place < len(roles) else "member"
		plan.people[f"p{number:03d}"] = Member(f"p{number:03d}", unit, role)


def of(plan, unit, role="member"):
	return [key for key, member in plan.people.items() if (member.unit, member.role) == (unit, role)]


def draw_conduct(plan, chance):
	"""Who was absent before, who will be, and who forgets his report; each of them is somebody else."""
	data, jalan, air, riset = (
		of(plan, unit) for unit in ("Bidang Data", "Bidang Jalan", "Bidang Air", "Bidang Riset")
	)
	for key in (data[0], air[0]):
		was_absent(plan, key, 3)
	# The third time keeps them in from the next night on.
	for key, day in (
		(data[1], date(2026, 1, 20)),
		(jalan[1], date(2026, 2, 25)),
		(riset[1], date(2026, 3, 2)),
	):
		was_absent(plan, key, 2)
		plan.absent.add((key, day))
	# Of those at the switchboard the machine knows nothing on the day of the outage.
	for key in jalan[2 : 2 + SWITCHBOARD]:
		was_absent(plan, key, 2)
		plan.absent.add((key, OUTAGE_DAY))
	for unit, count in (("Bidang Data", 1), ("Bidang Air", 2), ("Biro Umum", 1), ("Bidang Pajak", 3)):
		was_absent(plan, of(plan, unit, "applicant")[0], count)
	# Two reports within thirty days suspend somebody for two weeks; one, or two further apart, do not.
	for key, days in (
		(data[5], (date(2026, 1, 22), date(2026, 2, 5))),
		(jalan[6], (date(2026, 1, 15), date(2026, 2, 19))),
		(air[5], (date(2026, 1, 29),)),
	):
		plan.unreported |= {(key, day) for day in days}
	for key in chance.sample([*data[8:], *air[8:]], 6):
		plan.absent.add((key, chance.choice(working_days(FIRST, LAST))))


def was_absent(plan, key, count):
	member = plan.people[key]
	plan.people[key] = Member(key, member.unit, member.role, EARLIER[:count])


def write_circulars(plan):
	"""Thursdays of everybody, from March on of half of each unit; a date on a holiday moves on, then back."""
	exempt = tuple((key, OUTAGE_DAY) for key in of(plan, "Bidang Jalan")[2 : 2 + SWITCHBOARD])
	first = Circular(FIRST_CIRCULAR, "Dinas", 4, date(2026, 1, 8), LAST, step=1, exempt=exempt)
	second = Circular(
		SECOND_CIRCULAR, "Dinas", 4, date(2026, 3, 2), LAST, step=-1, share=50, replaces=FIRST_CIRCULAR
	)
	plan.circulars = {each.key: each for each in (first, second)}
	plan.acts += [
		Act(date(2026, 1, 5), "circular", FIRST_CIRCULAR),
		Act(date(2026, 2, 23), "circular", SECOND_CIRCULAR),
	]


def draw_requests(plan, chance):
	"""Each applicant writes some; most are approved a day or two later, others are refused, withdrawn, or forgotten."""
	number, apart = 0, {*sent_later(plan), *repeating(plan)}
	for member in plan.people.values():
		if member.role != "applicant" or member.key in apart:
			continue
		for _time in range(5):
			number += 1
			day = chance.choice(working_days(FIRST, LAST - timedelta(days=14)))
			draw_request(plan, chance, f"request {number:03d}", member.key, day)


def draw_request(plan, chance, key, who, day):
	ahead = working_days(day + ONE_DAY, min(LAST, day + timedelta(days=13)))
	# Now and then more than a week holds.
	count = chance.choice((1, 1, 1, 2, 2, 3, 5))
	start = chance.randrange(len(ahead))
	dates = tuple(ahead[start : start + count]) if count > 2 else tuple(sorted(chance.sample(ahead, count)))
	plan.acts.append(Act(day, "apply", key, dates, who))
	fate = chance.choices(("approve", "reject", "withdraw", "forget", "give back"), (60, 12, 10, 8, 10))[0]
	if fate == "forget":
		return
	decided = chance.choice(working_days(day, min(LAST, day + timedelta(days=4))))
	action = {"approve": "Approve", "give back": "Approve", "reject": "Reject", "withdraw": "Withdraw"}[fate]
	plan.acts.append(Act(decided, "decide", key, value=action))
	if fate == "give back":
		later = chance.choice(working_days(decided, min(LAST, decided + timedelta(days=4))))
		plan.acts.append(Act(later, "decide", key, value="Withdraw"))


def sent_later(plan):
	"""Who comes under the circular when a week of his is full already: one with his unit, one by himself."""
	return of(plan, "Biro Hukum", "applicant")[0], of(plan, "Bidang Riset", "applicant")[0]


def fill_weeks(plan):
	"""They have the four other days of a week approved, and wait for those of the next one when the circular comes."""
	for who, day in zip(sent_later(plan), (MOVED_ON, UNIT_MOVED_ON), strict=True):
		for week, decided in ((1, day - 3 * ONE_DAY), (2, day + 2 * ONE_DAY)):
			monday, key = day + timedelta(days=7 * week), f"week {week} of {who}"
			dates = tuple(monday + timedelta(days=number) for number in (0, 1, 2, 4))
			plan.acts.append(Act(day - 4 * ONE_DAY, "apply", key, dates, who))
			plan.acts.append(Act(decided, "decide", key, value="Approve"))


def repeating(plan):
	"""Who works away on Tuesdays, whether a circular sends him on Thursdays or not."""
	return of(plan, "Bidang Pajak", "applicant")[1], of(plan, "Bidang Jalan", "applicant")[1]


def repeat_tuesdays(plan):
	for who in repeating(plan):
		day, key = date(2026, 1, 6), f"pattern of {who}"
		plan.acts.append(Act(day, "repeat", key, (day + ONE_DAY, LAST), who))
		plan.acts.append(Act(day + ONE_DAY, "decide", key, value="Approve"))


def draw_leave_and_recalls(plan, chance):
	"""Leave and recalls on dates that are somebody's MKD days, or perhaps not."""
	asked = [act for act in plan.acts if act.kind == "apply"]
	for act in chance.sample(asked, 10):
		plan.acts.append(Act(act.dates[0] - ONE_DAY, "recall", act.value, act.dates[:1]))
	thursdays = [day for day in working_days(date(2026, 1, 12), date(2026, 3, 12)) if day.isoweekday() == 4]
	for key in chance.sample([*of(plan, "Bidang Data")[8:], *of(plan, "Bidang Jalan")[8:]], 6):
		day = chance.choice(thursdays)
		plan.acts.append(Act(day - timedelta(days=chance.choice((1, 2, 3))), "recall", key, (day,)))
	for key in chance.sample([*of(plan, "Bidang Air")[8:], *of(plan, "Bidang Data", "applicant")], 6):
		day = chance.choice(thursdays)
		plan.acts.append(Act(day - timedelta(days=chance.choice((2, 9))), "take leave", key, (day,)))


def reorganise(plan):
	"""People change their units on two days; one unit comes under the circulars, and one leaves them."""
	for key in of(plan, "Bidang Data")[12:16]:
		plan.acts.append(Act(MOVED_ON, "move", key, value="Biro Umum"))
	for key in (*of(plan, "Biro Hukum")[:4], sent_later(plan)[0]):
		plan.acts.append(Act(MOVED_ON, "move", key, value="Bidang Jalan"))
	plan.acts.append(Act(UNIT_MOVED_ON, "move unit", "Bidang Riset", value="Dinas"))
	plan.acts.append(Act(date(2026, 3, 9), "move unit", "Bidang Air", value="Badan"))
	# Whoever comes back when the turns have been given gets none, but for those that were his.
	for key in of(plan, "Bidang Data")[12:14]:
		plan.acts.append(Act(date(2026, 3, 10), "move", key, value="Bidang Data"))
