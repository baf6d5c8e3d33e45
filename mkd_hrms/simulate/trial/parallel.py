"""A large agency judged by several processes, some thousands of its people at a time."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from mkd_hrms.facts.people import BREAKDOWNS
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.impact.totals import Impact
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.profiles import ACTIVE
from mkd_hrms.simulate.files.duck_database import DuckDatabase, connect
from mkd_hrms.simulate.trial.compare import add_company, as_in_force

# The file of a loaded agency. All processes read it, none writes to it.
STORE = "agency.duckdb"
# So many people are held in memory at once by each process; fewer are not worth a second process.
SHARE = 25_000

SHARES = """
SELECT company, min(name), max(name), count(*)
FROM (
	SELECT company, name, row_number() OVER (PARTITION BY company ORDER BY name) - 1 AS place,
		count(*) OVER (PARTITION BY company) AS people
	FROM "tabEmployee" WHERE status = $active
)
GROUP BY company, (place * ((people + $share - 1) // $share)) // people
ORDER BY company, min(name)
"""
# In this process, the people of a share take the place of all.
ONLY_THESE = """
CREATE OR REPLACE TEMP TABLE "tabEmployee" AS
SELECT * FROM agency.main."tabEmployee" WHERE company = $company AND name BETWEEN $first AND $last
"""


@dataclass(frozen=True, slots=True)
class Share:
	"""The active people of a company from one employee id to another."""

	company: str
	first: str
	last: str
	people: int


def read_shares(database: DuckDatabase) -> list[Share]:
	"""Everybody active in shares of about the same size."""
	return [Share(*row) for row in database.fetch(SHARES, {"active": ACTIVE, "share": SHARE})]


def simulate_shares(
	store: Path,
	shares: Sequence[Share],
	policies: Sequence[Policy],
	when: AsOf,
	advance: Callable[[int], None] = lambda count: None,
	named: bool = True,
	reads: Sequence[Path] = (),
) -> Impact:
	"""What `trial.simulate` finds, by as many processes as there are processors and shares.

	`reads` are the files of which the loaded agency still reads. Unless they are to be named, who changes is only
	counted: of a nation's people, millions do.
	"""
	tried = [as_in_force(policy, when.on) for policy in policies]
	impact, judge = Impact(*tried, BREAKDOWNS), partial(judge_share, store, reads, tried, when, named)
	processes = min(len(shares), len(os.sched_getaffinity(0)))
	if sum(share.people for share in shares) <= SHARE or processes == 1:
		found = map(partial(judge, threads=None), shares)
		return _merge(impact, found, shares, advance)
	# A share is let go of as a whole: looking for garbage meanwhile finds none and takes time.
	with ProcessPoolExecutor(processes, get_context("spawn"), gc.disable) as pool:
		return _merge(impact, pool.map(judge, shares), shares, advance)


def _merge(impact: Impact, found, shares: Sequence[Share], advance: Callable[[int], None]) -> Impact:
	for share, part in zip(shares, found, strict=True):
		impact.merge(part)
		advance(share.people)
	return impact


def judge_share(
	store: Path,
	reads: Sequence[Path],
	policies: Sequence[Policy],
	when: AsOf,
	named: bool,
	share: Share,
	threads: int | None = 1,
) -> Impact:
	"""The impact on the people of a share."""
	impact = Impact(*policies, BREAKDOWNS)
	with closing(connect(store, read_only=True, within=reads, threads=threads)) as connection:
		values = {"company": share.company, "first": share.first, "last": share.last}
		connection.execute(ONLY_THESE, values)
		add_company(DuckDatabase(connection), share.company, impact, when, named)
	return impact
