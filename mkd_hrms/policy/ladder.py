"""What follows from a missing report, a no-show or a false place (rule D8): events in, the next measures out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from mkd_hrms.policy.dates import add_months
from mkd_hrms.policy.model import Step


class Event(NamedTuple):
	"""Something that happened on a day, and the record that says so."""

	on: date
	kind: str
	record: str


@dataclass(frozen=True, slots=True)
class Answer:
	"""A measure that was taken: how far up the ladder, and which events it answered."""

	step: int
	times: int
	events: frozenset[Event]

	def stands(self, events: Collection[Event]) -> bool:
		"""Whether enough of what it answered is still on record."""
		return len(self.events.intersection(events)) >= self.times


@dataclass(frozen=True, slots=True)
class Due:
	"""A step of the ladder that is reached, and the events that reach it, oldest first."""

	step: Step
	events: tuple[Event, ...]


def due(
	ladder_on: Callable[[date], Collection[Step]],
	events: Iterable[Event],
	answers: Iterable[Answer],
	since: date,
) -> tuple[Due, ...]:
	"""The measures that are due, in the order of the events that call for them.

	An event that was answered calls for nothing more. It still counts towards a higher step, never again towards
	the same or a lower one. Events before `since` call for nothing, but count. Of the steps that an event reaches
	by the ladder of its date, the highest is taken.
	"""
	known = sorted(set(events))
	answered = _answered(answers)
	found = []
	for event in known:
		if event in answered or event.on < since:
			continue
		if reached := next(_reached(ladder_on(event.on), event, known, answered), None):
			found.append(reached)
			answered |= dict.fromkeys(reached.events, reached.step.step)
	return tuple(found)


def last_day(step: Step, first: date) -> date:
	"""The last day of a measure that begins on `first`."""
	return add_months(first, step.months) + timedelta(days=step.days - 1)


def _answered(answers: Iterable[Answer]) -> dict[Event, int]:
	"""The highest step that has answered each event."""
	highest: dict[Event, int] = {}
	for answer in answers:
		for event in answer.events:
			highest[event] = max(answer.step, highest.get(event, 0))
	return highest


def _reached(
	ladder: Collection[Step], event: Event, known: Collection[Event], answered: Mapping[Event, int]
) -> Iterator[Due]:
	"""The steps that an event reaches, the highest first. What comes later and waits for its own turn is left out."""
	for step in sorted(ladder, key=lambda row: row.step, reverse=True):
		if step.event != event.kind:
			continue
		counted = [
			other
			for other in known
			if other.kind == event.kind and answered.get(other, 0) < step.step
			if other <= event or other in answered
		]
		for last in (other for other in counted if other >= event):
			first_day = last.on - timedelta(days=step.within_days - 1)
			within = tuple(other for other in counted if first_day <= other.on <= last.on)
			if event in within and len(within) >= step.times:
				yield Due(step, within)
				break
