"""The quarter in plain Python, by the words of docs/rules.md and docs/collective-days.md: it knows nothing of the app.

A day of it is a night, a morning, what people do, a late morning, and an evening; each changes the days that it holds.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from mkd_hrms.tests.support.quarter_plan import ONE_DAY, TUESDAY, UNITS, days_from, is_working

PENDING, APPROVED, SUSPENDED, WORKED, RELEASED = "Pending", "Approved", "Suspended", "Worked", "Released"
WAITS, DENIED, REFUSED = "Pending Approval", "Denied", "Refused"
REJECTED, WITHDRAWN, EXPIRED, REVOKED = "Rejected", "Withdrawn", "Expired", "Revoked"
HORIZON, WEEKLY_LIMIT, OFFICE_DAYS = timedelta(days=60), 4, 1
# By absences how many days a good result earns; from so many on, none.
EARNED, TOO_MANY_ABSENCES = {0: 4, 1: 3, 2: 1}, 3
SUSPENDED_FOR, LADDER = timedelta(days=14), timedelta(days=30)
DUE, GRACE = time(23, 59), time(10, 0)
OUTAGE_LENGTH = timedelta(days=1)


@dataclass
class Day:
	"""A row of the ledger. `gave_way` says of a released one that something came before it."""

	who: str
	on: date
	status: str
	source: str
	number: int = 0
	is_reported: bool = False
	gave_way: bool = False


@dataclass
class Asked:
	who: str
	state: str


@dataclass
class Sent:
	"""A circular that was submitted, with the last day up to which it has been given."""

	says: object
	given_until: date = date.min
	ends_before: date = date.max


@dataclass
class Model:
	plan: object
	days: list[Day] = field(default_factory=list)
	by_person: dict[str, list[Day]] = field(default_factory=lambda: defaultdict(list))
	requests: dict[str, Asked] = field(default_factory=dict)
	# By request until when it was made, and its last day.
	patterns: dict[str, tuple[date, date]] = field(default_factory=dict)
	circulars: dict[str, Sent] = field(default_factory=dict)
	parents: dict[str, str | None] = field(default_factory=lambda: dict(UNITS))
	units: dict[str, str] = field(default_factory=dict)
	absences: dict[str, list[date]] = field(default_factory=dict)
	leave: set[tuple[str, date]] = field(default_factory=set)
	missing: dict[str, list[date]] = field(default_factory=dict)
	answered: set[tuple[str, date]] = field(default_factory=set)
	measures: dict[str, list[tuple[date, date]]] = field(default_factory=dict)
	outages: list[tuple[datetime, datetime]] = field(default_factory=list)

	def __post_init__(self):
		for key, member in self.plan.people.items():
			self.units[key], self.absences[key] = member.unit, list(member.absences)

	# What is asked of it

	def ledger(self):
		return Counter((day.who, day.on, day.status, day.source) for day in self.days)

	def states(self):
		return {key: asked.state for key, asked in self.requests.items()}

	# The parts of a day

	def play(self, today, acts):
		self.night(today)
		self.morning(today)
		for act in acts:
			getattr(self, act.kind.replace(" ", "_"))(today, act)
		self.recheck(today)
		self.late_morning(today)
		self.evening(today)

	def night(self, today):
		self.recheck(today)
		for sent in self.circulars.values():
			self.give(sent, today)
		if today.isoweekday() == 1:
			self.go_on(today)

	def morning(self, today):
		"""The hour at which a working day begins: what is undecided or suspended is a day in the office."""
		for day in self.days:
			if day.on == today and day.status in (PENDING, SUSPENDED):
				is_pending, day.status = day.status == PENDING, RELEASED
				self.close_if_empty(day.source, EXPIRED if is_pending else REVOKED)

	def late_morning(self, today):
		"""When the grace time of reports is over."""
		now = datetime.combine(today, time(10, 15))
		for day in self.days:
			if day.status == APPROVED and day.on < today and self.is_over(day.on, now):
				day.status = WORKED
				if not day.is_reported:
					self.missing.setdefault(day.who, []).append(day.on)
		self.climb(today)
		self.recheck(today)

	def evening(self, today):
		"""Reports of those who are away, and the attendance of the others; after an outage both come a day later."""
		away = {day.who: day for day in self.days if day.on == today and day.status == APPROVED}
		for who, day in away.items():
			day.is_reported = (who, today) not in self.plan.unreported
		for who in self.plan.people.keys() - away.keys():
			if (who, today) in self.plan.absent and (who, today) not in self.leave and is_working(today):
				self.absences[who].append(today)

	# Acts

	def apply(self, today, act):
		self.ask(act, act.dates)

	def repeat(self, today, act):
		since, until = act.dates
		made = min(until, today + HORIZON)
		self.ask(act, tuesdays(since, made))
		self.patterns[act.about] = (made, until)

	def ask(self, act, dates):
		who, asked = act.value, Asked(act.value, REFUSED)
		self.requests[act.about] = asked
		if any(self.used(who, day) or (who, day) in self.leave for day in dates):
			return
		if any(self.is_closed(who, day) for day in dates):
			asked.state = DENIED
		elif self.fits(who, dates):
			asked.state, number = WAITS, len(self.requests)
			self.book(Day(who, day, PENDING, act.about, number) for day in dates)

	def decide(self, today, act):
		asked = self.requests[act.about]
		own = [day for day in self.days if day.source == act.about and day.status != RELEASED]
		if act.value == "Withdraw" and asked.state == APPROVED:
			self.release([day for day in own if day.on > today], REVOKED)
		elif asked.state == WAITS and act.value != "Approve":
			self.release(own, WITHDRAWN if act.value == "Withdraw" else REJECTED)
		elif asked.state == WAITS and any(self.is_closed(day.who, day.on) for day in own):
			self.release(own, DENIED)
		elif asked.state == WAITS and self.fits(asked.who, {day.on for day in own}):
			asked.state = APPROVED
			for day in own:
				day.status = APPROVED

	def recall(self, today, act):
		day = self.used(act.about, *act.dates)
		if day and day.status == APPROVED and day.on > today:
			self.release([day], REVOKED)

	def take_leave(self, today, act):
		(on,) = act.dates
		self.leave.add((act.about, on))
		if day := self.used(act.about, on):
			is_pending, day.gave_way = day.status == PENDING, True
			self.release([day], EXPIRED if is_pending else REVOKED)

	def move(self, today, act):
		self.units[act.about] = act.value

	def move_unit(self, today, act):
		self.parents[act.about] = act.value

	def outage(self, today, act):
		(on,) = act.dates
		begins = datetime.combine(on, time(7))
		self.outages.append((begins, datetime.combine(today, time(9))))
		for absences in self.absences.values():
			absences[:] = [day for day in absences if day != on]

	def circular(self, today, act):
		says = self.plan.circulars[act.about]
		sent = self.circulars[act.about] = Sent(says)
		if says.replaces:
			self.circulars[says.replaces].ends_before = says.begins
			for day in self.ahead_of(says.replaces, today):
				if day.on >= says.begins:
					day.status, day.gave_way = RELEASED, True
		self.give(sent, today)

	def go_on(self, today):
		"""The days of patterns that have come within the horizon, where their weeks have a place."""
		for key, (made, until) in self.patterns.items():
			asked, now = self.requests[key], min(until, today + HORIZON)
			for day in tuesdays(made + ONE_DAY, now) if asked.state == APPROVED else ():
				is_free = not (self.used(asked.who, day) or (asked.who, day) in self.leave)
				if is_free and not self.is_closed(asked.who, day) and self.fits(asked.who, {day}):
					self.book([Day(asked.who, day, APPROVED, key)])
			self.patterns[key] = (now, until)

	# Circulars

	def give(self, sent, today):
		"""Bring the ledger in line with a circular: who has left its units is let go, and everybody else sent."""
		says, until = sent.says, today + HORIZON
		members = sorted(who for who, unit in self.units.items() if self.is_below(unit, says.unit))
		for day in self.ahead_of(says.key, today):
			if day.who not in members:
				day.status, day.gave_way = RELEASED, True
		dates, new = dates_of(says), []
		for number, on in enumerate(dates):
			if today <= on <= until and on < sent.ends_before:
				going = self.on_turn(says, members, on, number) if on > sent.given_until else None
				new += [
					Day(who, on, APPROVED, says.key) for who in members if self.goes(who, on, says, going)
				]
		self.make_room(new)
		self.book(new)
		sent.given_until = until

	def goes(self, who, on, says, going):
		"""Whether somebody is given a date; `going` are those whose turn it is, None when the turns are over."""
		before = [day for day in self.by_person[who] if (day.on, day.source) == (on, says.key)]
		if any(day.status != RELEASED or not day.gave_way for day in before):
			return False
		has_turn = who in going if going is not None else bool(before) or says.share == 100
		keeps_him = (who, on) in says.exempt or (who, on) in self.leave or bool(self.used(who, on))
		serves = self.plan.people[who].role == "counter"
		return has_turn and not (keeps_him or serves or self.is_closed(who, on))

	def on_turn(self, says, members, on, number):
		"""In each unit so many percent of those whom the circular does not keep in, one after the other."""
		found = set()
		for unit in {self.units[who] for who in members}:
			turn = [who for who in members if self.units[who] == unit and (who, on) not in says.exempt]
			begins, ends = (len(turn) * says.share * place // 100 for place in (number, number + 1))
			found |= {turn[place % len(turn)] for place in range(begins, ends)} if turn else set()
		return found

	def make_room(self, new):
		"""Own days that are not decided give way where a week holds no more, the newest first."""
		by_week = Counter((day.who, week_of(day.on)) for day in new)
		for (who, week), count in by_week.items():
			held = self.in_week(who, week)
			over = len(held) + count - self.limit(who, week)
			waiting = sorted(
				(day for day in held if day.status == PENDING), key=lambda day: (day.number, day.on)
			)
			for day in reversed(waiting[-over:] if over > 0 else []):
				day.gave_way = True
				self.release([day], EXPIRED)

	def ahead_of(self, source, today):
		ahead = (PENDING, APPROVED, SUSPENDED)
		return [day for day in self.days if day.source == source and day.on > today and day.status in ahead]

	def is_below(self, unit, top):
		while unit and unit != top:
			unit = self.parents[unit]
		return unit == top

	# Rules

	def book(self, days):
		for day in days:
			self.days.append(day)
			self.by_person[day.who].append(day)

	def used(self, who, on):
		return next((day for day in self.by_person[who] if day.on == on and day.status != RELEASED), None)

	def in_week(self, who, week):
		return [day for day in self.by_person[who] if week_of(day.on) == week and day.status != RELEASED]

	def limit(self, who, week):
		days = days_from(date.fromisocalendar(*week, 1), date.fromisocalendar(*week, 7))
		workdays = sum(is_working(day) and (who, day) not in self.leave for day in days)
		is_rated = self.plan.people[who].role == "applicant"
		earned = EARNED.get(len(self.absences[who]), 0) if is_rated else WEEKLY_LIMIT
		return max(0, min(WEEKLY_LIMIT, earned, workdays - OFFICE_DAYS))

	def fits(self, who, dates):
		"""Whether each week holds the days that are asked for beside the others in it."""
		return all(
			len({day.on for day in self.in_week(who, week)} | {day for day in dates if week_of(day) == week})
			<= self.limit(who, week)
			for week in {week_of(day) for day in dates}
		)

	def is_closed(self, who, on):
		measures = self.measures.get(who, ())
		return len(self.absences[who]) >= TOO_MANY_ABSENCES or any(
			since <= on <= to for since, to in measures
		)

	def recheck(self, today):
		"""An approved day ahead is suspended while a condition is not met, and approved again when all are."""
		for day in self.days:
			if day.on > today and day.status in (APPROVED, SUSPENDED):
				day.status = SUSPENDED if self.is_closed(day.who, day.on) else APPROVED

	def is_over(self, on, now):
		"""Whether the report of a day can no longer be handed in."""
		if now <= self.extended(datetime.combine(on, DUE)):
			return False
		grace = next(day for day in days_from(on + ONE_DAY, on + HORIZON) if is_working(day))
		return now > self.extended(datetime.combine(grace, GRACE))

	def extended(self, due):
		for begins, recorded in self.outages:
			if begins <= due <= begins + OUTAGE_LENGTH:
				due = max(due, recorded) + OUTAGE_LENGTH
		return due

	def climb(self, today):
		"""Two reports that are missing within thirty days keep somebody in the office for two weeks."""
		for who, days in self.missing.items():
			for first, second in pairwise(days):
				if second - first < LADDER and (who, second) not in self.answered:
					self.answered.add((who, second))
					since = today + ONE_DAY
					self.measures.setdefault(who, []).append((since, since + SUSPENDED_FOR - ONE_DAY))

	def release(self, days, state):
		for day in days:
			day.status = RELEASED
			self.close_if_empty(day.source, state)

	def close_if_empty(self, source, state):
		"""A request of which no day is left stands for nothing any more."""
		asked = self.requests.get(source)
		if asked and not any(day.source == source and day.status != RELEASED for day in self.days):
			asked.state = state


def week_of(day):
	return tuple(day.isocalendar())[:2]


def tuesdays(since, until):
	return [day for day in days_from(since, until) if day.isoweekday() == TUESDAY and is_working(day)]


def dates_of(says):
	"""The dates of a circular: what falls on a day off moves to the nearest working day that is none of its own."""
	written = [day for day in days_from(says.begins, says.ends) if day.isoweekday() == says.weekday]
	found = []
	for day in written:
		other = day
		while not is_working(other) or (other != day and other in [*written, *found]):
			other += says.step * ONE_DAY
		found.append(other)
	return sorted(found)
