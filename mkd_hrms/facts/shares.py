"""A company in shares of at most so many people, so that several workers evaluate it at once.

The borders are names, so each share is a range of an index. All active records of one person are in one share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pypika import Query
from pypika.functions import Count
from pypika.terms import Criterion

from mkd_hrms.facts.agency import ACTIVE, count_active
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import EVERYBODY, Share
from mkd_hrms.facts.people import EMPLOYEE


class Part(NamedTuple):
	"""A share, and how many people are active in it."""

	share: Share
	people: int


def read_parts(database: Database, company: str, most: int) -> list[Part]:
	"""The active people of a company in as few shares as hold at most so many each, all of about the same size."""
	people = count_active(database, [company])
	if people <= most:
		return [Part(EVERYBODY, people)]
	names = _read_names(database, company)
	size = -(-len(names) // -(-len(names) // most))
	parts = [names[start : start + size] for start in range(0, len(names), size)]
	borders = [None, *(part[0] for part in parts[1:]), None]
	also, without = _moved(parts, _read_several(database, company))
	return [
		Part(
			Share(borders[number], borders[number + 1], tuple(also[number]), tuple(without[number])),
			len(part) + len(also[number]) - len(without[number]),
		)
		for number, part in enumerate(parts)
	]


def _moved(
	parts: Sequence[Sequence[str]], several: Mapping[str, Sequence[str]]
) -> tuple[Mapping[int, list[str]], Mapping[int, list[str]]]:
	"""Which records go to a share, and which leave one, so that each person is whole in the share of his first record."""
	place = {name: number for number, part in enumerate(parts) for name in part}
	also, without = defaultdict(list), defaultdict(list)
	for first, *others in several.values():
		for name in others:
			if place[name] != place[first]:
				also[place[first]].append(name)
				without[place[name]].append(name)
	return also, without


def _read_names(database: Database, company: str) -> list[str]:
	"""In the order in which the database compares them."""

	def build(bind: Binder):
		active = Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(_active(company, bind))
		return active.orderby(EMPLOYEE.name)

	return [name for (name,) in rows(database, build)]


def _read_several(database: Database, company: str) -> dict[str, list[str]]:
	"""By NIP, the active records of whoever has several in the company: data that no form lets in."""

	def build(bind: Binder):
		shared = Query.from_(EMPLOYEE).select(EMPLOYEE.mkd_nip).where(EMPLOYEE.mkd_nip > bind(""))
		shared = shared.where(_active(company, bind)).groupby(EMPLOYEE.mkd_nip).having(Count("*") > 1)
		shared = shared.as_("shared")
		query = Query.from_(EMPLOYEE).join(shared).on(shared.mkd_nip == EMPLOYEE.mkd_nip)
		query = query.select(EMPLOYEE.mkd_nip, EMPLOYEE.name).where(_active(company, bind))
		return query.orderby(EMPLOYEE.name)

	found = defaultdict(list)
	for nip, name in rows(database, build):
		found[nip].append(name)
	return found


def _active(company: str, bind: Binder) -> Criterion:
	return (EMPLOYEE.status == bind(ACTIVE)) & (EMPLOYEE.company == bind(company))
