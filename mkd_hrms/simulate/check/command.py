"""What the commands do, without the command line."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.applications import read_applications
from mkd_hrms.simulate.check.judging import Question, day_of_the_files, judge_all, next_working_day
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.check.report import as_html
from mkd_hrms.simulate.check.summary import OUTCOMES, summarize
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import Agency, load
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.simulate.output.files import FolderInUse, as_csv, as_json, new_folder, write_whole
from mkd_hrms.simulate.output.language import LANGUAGES, Language, language
from mkd_hrms.simulate.output.policy_numbers import entries, open_policy
from mkd_hrms.simulate.sample import SMALLEST, make_agency
from mkd_hrms.simulate.sample.agencies import write_agencies
from mkd_hrms.simulate.sample.files import FORMATS, write_tables
from mkd_hrms.simulate.sample.layouts import file_name, write_month

__all__ = ["SMALLEST", "FolderInUse", "NotInForce", "check", "headlines", "write_layout", "write_sample"]


class NotInForce(ValueError):
	"""The policy begins after the date that is asked about."""

	def __init__(self, policy: Policy, on: date) -> None:
		super().__init__(
			f"{policy.name} is in force from {policy.effective_from:%d %B %Y} on, not on {on:%d %B %Y}."
		)


def write_sample(
	employees: int, seed: int, until: date, out: Path, kind: str, overwrite: bool, agencies: int = 1
) -> None:
	"""Invented agencies into a folder that appears when it is whole. Raises FolderInUse and TooLong."""
	ours = {f"{table.name}.{kind}" for table in TABLES for kind in FORMATS}
	with new_folder(out, partial(_may_replace, overwrite, ours)) as unfinished:
		if agencies > 1:
			write_agencies(agencies, employees, seed, until, unfinished)
		else:
			write_tables(make_agency(employees, seed, until), unfinished, kind)


def write_layout(employees: int, seed: int, until: date, out: Path, layout: str, overwrite: bool) -> Path:
	"""The last month of an invented agency as another system writes it. Raises FolderInUse and OSError."""
	file = file_name(layout)
	with new_folder(out, partial(_may_replace, overwrite, {file})) as unfinished:
		write_month(make_agency(employees, seed, until), layout, until, unfinished / file)
	return out / file


def _may_replace(overwrite: bool, ours: Collection[str], folder: Path) -> bool:
	"""Only what a sample consists of is ever deleted."""
	return overwrite and {path.name for path in folder.iterdir()} <= set(ours)


def check(
	folder: Path,
	policy_name: str,
	on: date | None,
	today: date | None,
	targets: dict[str, Path],
	mask: bool = False,
	quiet: bool = True,
	report_in: str = LANGUAGES[0],
	without: Collection[str] = (),
) -> dict[str, Any]:
	"""Judge a folder and write what was asked for; only the report is in another language than English.

	Raises BadFiles, PackError, NoAttendance and NotInForce.
	"""
	policy = open_policy(policy_name)
	agency = load_shown(folder, quiet, today=today, without=without)
	database = DuckDatabase(agency.connection)
	groups = list(read_groups(database))
	today = today or day_of_the_files(agency)
	on = on or next_working_day(database, groups, today)
	if on < policy.effective_from:
		raise NotInForce(policy, on)
	question = Question(policy, AsOf(on=on, today=today, attendance_from=agency.attendance_from))
	with bar(sum(len(group.people) for group in groups), "Deciding", quiet) as progress:
		judgement = judge_all(database, groups, question, read_applications(database), progress.update)
	tell = partial(summarize, judgement, policy_name, source_of(agency), mask)
	_write(targets, policy, tell, language(report_in))
	return tell()


def _write(targets: dict[str, Path], policy: Policy, tell: Callable[..., dict], reader: Language) -> None:
	"""Write what was asked for; `tell` gives the summary, in English or in the language of a reader."""
	writers = {
		"report": lambda: as_html(tell(reader), entries(policy, reader), reader),
		"data": lambda: as_json(tell()),
		"table": lambda: as_csv(tell()["people"]),
	}
	write_all(targets, writers)


def write_all(targets: dict[str, Path], writers: dict[str, Callable[[], str]]) -> None:
	"""Write each target with its writer."""
	for name, path in targets.items():
		write_whole(path, writers[name]())


def load_shown(
	folder: Path,
	quiet: bool,
	store: Path | None = None,
	today: date | None = None,
	without: Collection[str] = (),
) -> Agency:
	"""Load a folder behind a progress bar, in memory or in a file. Raises BadFiles."""
	with bar(len(TABLES), "Reading", quiet) as progress:
		return load(folder, lambda table: progress.update(1), store, today, without)


def bar(length: int, label: str, quiet: bool):
	"""A progress bar, or one that nobody sees."""
	file = io.StringIO() if quiet else None
	return click.progressbar(length=length, label=label, file=file, update_min_steps=max(1, length // 100))


def source_of(agency: Agency) -> dict[str, Any]:
	"""What a report says of the files."""
	counts = {
		table.name: agency.connection.execute(f'SELECT count(*) FROM "{table.sql_name}"').fetchone()[0]
		for table in TABLES
	}
	return {
		"folder": str(agency.folder),
		"rows": counts,
		"attendance_from": agency.attendance_from and agency.attendance_from.isoformat(),
		"notes": list(agency.notes),
	}


def headlines(summary: dict[str, Any]) -> list[str]:
	"""The three numbers that matter, and how the requests fare."""
	total = summary["people_total"] or 1
	lines = [f"{summary['policy']['name']}, for {summary['mkd_date']}, as known on {summary['as_known_on']}"]
	for outcome in OUTCOMES:
		count = summary["outcomes"][outcome]
		lines.append(f"  {outcome:<13} {count:>7,}  {100 * count / total:5.1f} %")
	asked = ", ".join(f"{count} {outcome}" for outcome, count in summary["request_outcomes"].items() if count)
	short = summary["coverage"]
	return [
		*lines,
		f"  Requests      {asked or 'none'}",
		*(
			[f"  No room       {len(short):,} dates of units for which more apply than may be away"]
			if short
			else []
		),
		*(f"  Note: {note}" for note in summary["source"]["notes"]),
	]
