"""What `mkd simulate` does, without the command line."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.impact.comparison import Kind
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.command import bar, load_shown, source_of, write_all
from mkd_hrms.simulate.check.judging import day_of_the_files
from mkd_hrms.simulate.files.duck_database import DuckDatabase, connect
from mkd_hrms.simulate.output.files import IMPACT_COLUMNS, as_csv, as_json
from mkd_hrms.simulate.output.language import LANGUAGES, Language, language
from mkd_hrms.simulate.output.policy_numbers import open_policy
from mkd_hrms.simulate.trial.compare import first_common_day
from mkd_hrms.simulate.trial.coverage import look_ahead
from mkd_hrms.simulate.trial.parallel import STORE, read_shares, simulate_shares
from mkd_hrms.simulate.trial.report import as_impact_html
from mkd_hrms.simulate.trial.sentences import read_names, tell_impact


def try_policies(
	folder: Path,
	policy_names: tuple[str, str],
	on: date | None,
	today: date | None,
	targets: dict[str, Path],
	mask: bool = False,
	quiet: bool = True,
	report_in: str = LANGUAGES[0],
	without: Collection[str] = (),
) -> dict[str, Any]:
	"""Judge a folder by two policies and write what was asked for; only the report is in another language.

	Where nothing is written, everybody is counted and nobody named. Raises BadFiles, PackError and NoAttendance.
	"""
	policies = [open_policy(name) for name in policy_names]
	packs = tuple(zip(policy_names, policies, strict=True))
	with tempfile.TemporaryDirectory(prefix="mkd-") as scratch:
		store = Path(scratch) / STORE
		agency = load_shown(folder, quiet, store, today, without)
		with closing(agency.connection):
			database, source, reads = DuckDatabase(agency.connection), source_of(agency), agency.reads
			today = today or day_of_the_files(agency)
			on = on or first_common_day(database, policies, today)
			when = AsOf(on=on, today=today, attendance_from=agency.attendance_from)
			shares = read_shares(database)
			ahead = look_ahead(database, policies, today)
		with bar(sum(share.people for share in shares), "Deciding", quiet) as progress:
			impact = simulate_shares(store, shares, policies, when, progress.update, bool(targets), reads)
		with closing(connect(store, read_only=True, within=reads)) as connection:
			names = read_names(DuckDatabase(connection), impact)
	tell = partial(tell_impact, impact, names, packs, when, source, ahead, mask)
	return _write(targets, policies, tell, language(report_in))


def _write(
	targets: dict[str, Path], policies: Sequence[Policy], tell: Callable[..., dict], reader: Language
) -> dict[str, Any]:
	"""Write what was asked for; `tell` gives the impact, in English or in the language of a reader. The English one."""
	english = tell()
	writers = {
		"report": lambda: as_impact_html(
			english if reader.code == LANGUAGES[0] else tell(reader), *policies, reader
		),
		"data": lambda: as_json(english),
		"table": lambda: as_csv(english["changes"], IMPACT_COLUMNS),
	}
	write_all(targets, writers)
	return english


def headlines(summary: dict[str, Any]) -> list[str]:
	"""How many people change in which way."""
	total = summary["people"] or 1
	names = [summary["policies"][when]["name"] for when in ("before", "after")]
	lines = [f"{' -> '.join(names)}, for {summary['mkd_date']}, as known on {summary['as_known_on']}"]
	lines += [f"  {name} begins later; judged as if in force." for name in summary["as_if_in_force"]]
	for kind in Kind:
		count = summary["kinds"][kind.value]
		lines.append(f"  {kind.value:<13} {count:>7,}  {100 * count / total:5.1f} %")
	lines.append(f"  Of            {summary['people']:>7,}  active employees")
	lines += _headlines_of_days(summary["coverage"])
	return [*lines, *(f"  Note: {note}" for note in summary["source"]["notes"])]


def _headlines_of_days(coverage: dict[str, Any]) -> list[str]:
	"""What the days of the ledger that are ahead mean for the units."""
	before, after, circular = coverage["before"], coverage["after"], coverage["by_circular"]
	lines = []
	if before["days"]:
		lines.append(
			f"  Too many away {before['broken']:>7,} -> {after['broken']:,} of {before['days']:,} unit-days ahead"
		)
	if circular["days"]:
		counted = " -> ".join(f"{circular[side]['in_the_week']:,}" for side in ("before", "after"))
		lines.append(f"  By circular   {circular['days']:>7,}  days ahead, counted in the week: {counted}")
	return lines
