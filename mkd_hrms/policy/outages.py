"""Outages (rule D11): whoever could not reach the systems misses nothing. Periods and moments in, moments out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Outage:
	"""A period in which nothing counts against anybody, and when an officer put it on record."""

	start: datetime
	end: datetime
	recorded_on: datetime
	record: str = ""

	@property
	def length(self) -> timedelta:
		return self.end - self.start

	def holds(self, moment: datetime) -> bool:
		return self.start <= moment <= self.end

	def touches(self, start: datetime, end: datetime) -> bool:
		"""Whether something of the period from start to end lies in it."""
		return self.start < end and start < self.end


def extended(due: datetime, outages: Iterable[Outage]) -> datetime:
	"""A due time that falls into an outage is extended by its length, from the moment it was recorded if that is later.

	One that comes to lie in another outage is extended again.
	"""
	for outage in sorted(outages):
		if outage.holds(due):
			due = max(due, outage.recorded_on) + outage.length
	return due
