"""The command `mkd`: the rules for an agency's exported files, without a site."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from mkd_hrms.exchange.guessing import Unfit
from mkd_hrms.exchange.profiles import ProfileError
from mkd_hrms.exchange.writing import CannotWrite
from mkd_hrms.policy.packs import PackError, names
from mkd_hrms.simulate.check import command as check_command
from mkd_hrms.simulate.check.judging import NoAttendance
from mkd_hrms.simulate.convert import command as convert_command
from mkd_hrms.simulate.export import command as export_command
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.simulate.output.files import FolderInUse
from mkd_hrms.simulate.output.language import LANGUAGES, language
from mkd_hrms.simulate.output.policy_numbers import entries, open_policy
from mkd_hrms.simulate.sample.drafts import MOST_AGENCIES
from mkd_hrms.simulate.sample.files import FORMATS, TooLong
from mkd_hrms.simulate.sample.layouts import LAYOUTS, MOST_EMPLOYEES
from mkd_hrms.simulate.trial import command as trial_command

BAD_INPUT = 1
DEFAULT_POLICY = "jabar-2023"


class Day(click.ParamType):
	"""A date as ISO 8601 writes it."""

	name = "date"

	def convert(self, value, param, ctx) -> date:
		try:
			return datetime.strptime(value, "%Y-%m-%d").date() if isinstance(value, str) else value
		except ValueError:
			self.fail(f"{value!r} is no date; expected one like 2026-11-24.", param, ctx)


DAY = Day()
POLICY = click.option(
	"--policy",
	default=DEFAULT_POLICY,
	show_default=True,
	help=f"A pack ({', '.join(names())}) or a YAML file.",
)


ON = click.option("--on", type=DAY, help="The MKD date. [default: the next working day]")
TODAY = click.option(
	"--today", type=DAY, help="What is known on this day. [default: the day after the newest attendance]"
)
WITHOUT = click.option(
	"--without",
	multiple=True,
	metavar="TABLE",
	type=click.Choice([table.name for table in TABLES if not table.required]),
	help="A register that has no file because it is empty; may stand there several times.",
)
# What a command writes, and how.
OUTPUT_OPTIONS = (
	click.option(
		"--out",
		"--html",
		"report",
		type=click.Path(path_type=Path),
		help="The report, a web page in one file.",
	),
	click.option("--json", "data", type=click.Path(path_type=Path), help="Everything as JSON."),
	click.option("--csv", "table", type=click.Path(path_type=Path), help="One line a person."),
	click.option(
		"--language",
		default=LANGUAGES[0],
		show_default=True,
		type=click.Choice(LANGUAGES),
		help="The language of the report, and of messages about files.",
	),
	click.option("--mask", is_flag=True, help="Shorten names to letters and leave NIPs out."),
	click.option("--quiet", is_flag=True, help="No progress bar and no summary."),
)


def outputs(command):
	"""The options of OUTPUT_OPTIONS in their order."""
	for option in reversed(OUTPUT_OPTIONS):
		command = option(command)
	return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def mkd() -> None:
	"""Mekanisme Kerja Dinamis outside a site: exported files in, decisions and a report out.

	Exit codes: 0 done, 1 input or output cannot be used, 2 wrong usage.
	"""


@mkd.command()
@click.option(
	"--employees", default=1000, show_default=True, type=click.IntRange(check_command.SMALLEST, 200_000)
)
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option(
	"--until", default="2026-11-24", show_default=True, type=DAY, help="The last day with attendance."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A folder; it is made.")
@click.option(
	"--agencies",
	default=1,
	show_default=True,
	type=click.IntRange(1, MOST_AGENCIES),
	help="So many agencies of this size; a table is then a folder of Parquet files.",
)
@click.option("--format", "kind", default=FORMATS[0], show_default=True, type=click.Choice(FORMATS))
@click.option(
	"--layout",
	type=click.Choice(tuple(LAYOUTS)),
	help="Instead of the tables: its last month in one file, as TRK, K-Mob, a machine or an office writes it.",
)
@click.option("--overwrite", is_flag=True, help="Replace the sample that the folder holds.")
def sample(
	employees: int, until: date, out: Path, agencies: int, kind: str, layout: str | None, **choices
) -> None:
	"""Write an invented agency as files, one for each table."""
	if agencies > 1 and (kind != "parquet" or layout):
		raise click.UsageError("Several agencies can only be written as parquet.")
	if layout and employees > MOST_EMPLOYEES:
		raise click.UsageError(f"--layout writes at most {MOST_EMPLOYEES:,} employees.")
	try:
		if layout:
			out = check_command.write_layout(employees, until=until, out=out, layout=layout, **choices)
		else:
			check_command.write_sample(
				employees, until=until, out=out, kind=kind, agencies=agencies, **choices
			)
	except FolderInUse as wrong:
		raise click.UsageError(f"{wrong} --overwrite replaces an older sample.") from wrong
	except TooLong as wrong:
		raise click.UsageError(f"{wrong} Choose --format parquet or csv.") from wrong
	except OSError as wrong:
		click.echo(str(wrong), err=True)
		sys.exit(BAD_INPUT)
	click.echo(f"{employees * agencies:,} employees, attendance until {until:%d %B %Y}: {out}")


class Month(click.ParamType):
	"""A month as ISO 8601 writes it."""

	name = "month"

	def convert(self, value, param, ctx) -> date:
		try:
			return datetime.strptime(value, "%Y-%m").date() if isinstance(value, str) else value
		except ValueError:
			self.fail(f"{value!r} is no month; expected one like 2026-11.", param, ctx)


@mkd.command()
@click.option("--in", "file", required=True, type=click.Path(path_type=Path), help="The file.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A folder; it is made.")
@click.option(
	"--profile",
	metavar="NAME",
	help="What the file is, of which system, or a YAML file. [default: what its headings say]",
)
@click.option(
	"--agency",
	type=click.Path(path_type=Path),
	help="A folder with the employees of the agency; its other tables are copied.",
)
@click.option("--month", type=Month(), help="The month of a file with a column a day that does not say it.")
@click.option(
	"--today", type=DAY, help="Up to this day the file may speak. [default: the day on the calendar]"
)
@click.option(
	"--language",
	default=LANGUAGES[0],
	show_default=True,
	type=click.Choice(LANGUAGES),
	help="Of the messages.",
)
@click.option("--quiet", is_flag=True, help="No summary.")
def convert(today: date | None, quiet: bool, **choices) -> None:
	"""Make a folder that `mkd check` reads of a file that another system wrote.

	What is not taken stands beside the folder, in a file of its own, with the reason and what to do.
	"""
	asked = convert_command.Asked(
		today=today or datetime.now().date(), reader=(reader := language(choices.pop("language"))), **choices
	)
	try:
		lines = convert_command.convert(asked)
	except (BadFiles, Unfit) as wrong:
		click.echo(wrong.told(reader), err=True)
		sys.exit(BAD_INPUT)
	except FolderInUse as wrong:
		raise click.UsageError(str(wrong)) from wrong
	except (ProfileError, OSError) as wrong:
		click.echo(str(wrong), err=True)
		sys.exit(BAD_INPUT)
	if not quiet:
		click.echo("\n".join(lines))
	for path in (asked.out, asked.rejected):
		click.echo(f"Written: {path}")


@mkd.command()
@click.option(
	"--data", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The files."
)
@click.option("--profile", required=True, metavar="NAME", help="Of which system, or a YAML file.")
@click.option("--from", "since", required=True, type=DAY, help="The first day.")
@click.option("--until", required=True, type=DAY, help="The last day.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file.")
@TODAY
@WITHOUT
@click.option(
	"--language",
	default=LANGUAGES[0],
	show_default=True,
	type=click.Choice(LANGUAGES),
	help="Of the messages.",
)
@click.option("--quiet", is_flag=True, help="No summary.")
def export(today: date | None, quiet: bool, **choices) -> None:
	"""Write a file of another system from the files of DIR: what `mkd convert` reads again."""
	asked = export_command.Asked(
		today=today or datetime.now().date(), reader=(reader := language(choices.pop("language"))), **choices
	)
	try:
		lines = export_command.export(asked)
	except (BadFiles, CannotWrite) as wrong:
		click.echo(wrong.told(reader), err=True)
		sys.exit(BAD_INPUT)
	except (ProfileError, OSError) as wrong:
		click.echo(str(wrong), err=True)
		sys.exit(BAD_INPUT)
	if not quiet:
		click.echo("\n".join(lines))
	click.echo(f"Written: {asked.out}")


@mkd.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@POLICY
@ON
@TODAY
@WITHOUT
@outputs
def check(folder: Path, policy: str, on: date | None, today: date | None, **choices) -> None:
	"""Decide for everybody in the files of DIR, and for the requests among them."""
	_run(check_command.check, check_command.headlines, (folder, policy, on, today), choices)


@mkd.command()
@click.option(
	"--policy",
	"policies",
	multiple=True,
	required=True,
	help="Given twice: the policy before and the one after; a pack or a YAML file.",
)
@click.option(
	"--data", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The files."
)
@click.option(
	"--on", type=DAY, help="The MKD date. [default: the next working day on which both are in force]"
)
@TODAY
@WITHOUT
@outputs
def simulate(policies: tuple[str, ...], folder: Path, on: date | None, today: date | None, **choices) -> None:
	"""Show who would gain, lose or change days between two policies, and why.

	Everybody active in the files of DIR is judged by both policies. With --on, a policy that begins later is judged as if
	it were in force.
	"""
	if len(policies) != 2:
		times = "once" if len(policies) == 1 else f"{len(policies)} times"
		raise click.UsageError(f"Expected --policy twice, before and after; it is there {times}.")
	_run(trial_command.try_policies, trial_command.headlines, (folder, policies, on, today), choices)


def _run(command, headlines, question: tuple, choices: dict) -> None:
	"""Run a command on its question, show the summary, and name what was written; bad input ends with 1."""
	targets = {name: choices[name] for name in ("report", "data", "table") if choices[name]}
	mask, quiet = choices["mask"], choices["quiet"]
	try:
		summary = command(*question, targets, mask, quiet, choices["language"], choices["without"])
	except BadFiles as wrong:
		click.echo(wrong.told(language(choices["language"])), err=True)
		sys.exit(BAD_INPUT)
	except (PackError, NoAttendance, check_command.NotInForce, OSError) as wrong:
		click.echo(str(wrong), err=True)
		sys.exit(BAD_INPUT)
	if not quiet:
		click.echo("\n".join(headlines(summary)))
	for path in targets.values():
		click.echo(f"Written: {path}")


@mkd.group()
def policy() -> None:
	"""Look at a policy pack."""


@policy.command()
@click.argument("pack", default=DEFAULT_POLICY)
def show(pack: str) -> None:
	"""Every number of PACK (a name or a YAML file) with its unit and source."""
	found = _open(pack)
	click.echo(f"{found.name}, in force from {found.effective_from:%d %B %Y}\n{found.legal_basis}\n")
	for entry in entries(found):
		click.echo(click.style(f"{entry.name:<26}", bold=True) + f" {entry.value}".rstrip())
		click.echo(f"{'':<26}  {entry.unit} · {entry.source}")


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
def validate(file: Path) -> None:
	"""Say whether a YAML FILE is a policy pack, and if not, what is wrong with it."""
	found = _open(str(file))
	click.echo(
		f"{file}: {found.name}, in force from {found.effective_from:%d %B %Y}; {len(entries(found))} entries."
	)


def _open(pack: str):
	try:
		return open_policy(pack)
	except PackError as wrong:
		click.echo(str(wrong), err=True)
		sys.exit(BAD_INPUT)
