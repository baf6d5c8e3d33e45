"""Whoever a change concerns is evaluated again, soon after it is stored and without holding up whoever stored it.

What a request changes is collected and handed over once, after its commit; many commits in a row (an import) share a
job that has not begun yet. A worker then finds the people behind it. Without a queue nothing is lost but time: the
nightly run evaluates everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import frappe

from mkd_hrms.constants import BY_POLICY, BY_RECORDS, POLICY
from mkd_hrms.facts.concerned import read_concerned
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services import evaluation, pending, standing
from mkd_hrms.services.changes_noted import COMPANY, INBOX
from mkd_hrms.services.locks import alone


def evaluate_again() -> None:
	"""What a worker does with everything that changed until now: find the people, then evaluate them."""
	pending.release_job(INBOX)
	companies: set[str] = set()
	while pending.waits(INBOX):
		with alone(INBOX) as mine:
			# Whoever is at it looks once more after he is done.
			if not mine:
				break
			companies |= _sort_by_company(pending.take(INBOX))
			pending.done(INBOX)
	for company in sorted(companies):
		evaluation.work_off(company)


def _sort_by_company(entries: Iterable[str]) -> set[str]:
	"""Put everybody into the box of his company. Returns the companies."""
	changed = defaultdict(set)
	for kind, name in map(frappe.parse_json, entries):
		changed[kind].add(name)
	everywhere = standing.companies()
	companies: set[str] = set()
	for kind, trigger in ((POLICY, BY_POLICY), (COMPANY, BY_RECORDS)):
		for company in everywhere if "" in changed[kind] else changed[kind] - {""}:
			evaluation.wish(company, trigger=trigger)
			companies.add(company)
	# Whatever is read from here on, somebody who saves in the meantime comes with the next job.
	frappe.db.commit()
	for company, employees in read_concerned(SiteDatabase(), changed).items():
		evaluation.wish(company, employees)
		companies.add(company)
	return companies
