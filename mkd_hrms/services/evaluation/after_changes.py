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
from mkd_hrms.services.evaluation import runs
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.platform.locks import alone
from mkd_hrms.services.standing import refresh
from mkd_hrms.services.standing.changes_noted import COMPANY, INBOX


def evaluate_again() -> None:
	"""What a worker does with everything that changed until now: find the people, then evaluate them."""
	work_queue.release_job(INBOX)
	companies: set[str] = set()
	while work_queue.waits(INBOX):
		with alone(INBOX) as mine:
			# Whoever is at it looks once more after he is done.
			if not mine:
				break
			companies |= _sort_by_company(work_queue.take(INBOX))
			work_queue.done(INBOX)
	for company in sorted(companies):
		runs.work_off(company)


def _sort_by_company(entries: Iterable[str]) -> set[str]:
	"""Put everybody into the box of his company. Returns the companies."""
	changed = defaultdict(set)
	for kind, name in map(frappe.parse_json, entries):
		changed[kind].add(name)
	everywhere = refresh.companies()
	companies: set[str] = set()
	for kind, trigger in ((POLICY, BY_POLICY), (COMPANY, BY_RECORDS)):
		for company in everywhere if "" in changed[kind] else changed[kind] - {""}:
			runs.wish(company, trigger=trigger)
			companies.add(company)
	# Whatever is read from here on, somebody who saves in the meantime comes with the next job.
	frappe.db.commit()
	for company, employees in read_concerned(SiteDatabase(), changed).items():
		runs.wish(company, employees)
		companies.add(company)
	return companies
