"""What an administrator does from the command line: `bench --site SITE mkd-audit` and `mkd-doctor`, and the platform's
`data-import`."""

from __future__ import annotations

import json

import click

import frappe
from frappe.commands import get_site, pass_context
from frappe.commands.utils import data_import as import_of_the_platform
from frappe.utils import strip_html

# Of a long list an administrator reads the beginning.
SHOWN = 20


@click.command("mkd-audit")
@click.option(
	"--employee", "employees", multiple=True, help="Only the records of this employee; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Print all violations as JSON.")
@pass_context
def mkd_audit(context, employees, as_json):
	"""Check that the ten invariants of MKD HRMS hold; ends with 1 when a record breaks one. Changes nothing."""
	found = 0
	for site in context.sites or [get_site(context)]:
		frappe.init(site=site)
		frappe.connect()
		try:
			found += _report(site, employees, as_json)
		finally:
			frappe.db.rollback()
			frappe.destroy()
	raise SystemExit(int(bool(found)))


def _report(site, employees, as_json):
	from mkd_hrms.audit.asking import invariants, questions, violations

	found = violations(employees)
	if as_json:
		rows = [
			{**question._asdict(), "query": None, "only": None, "walk": None, "rows": rows}
			for question, rows in found.items()
		]
		click.echo(json.dumps({"site": site, "violations": rows}, default=str, indent=1, ensure_ascii=False))
		return len(found)
	asked = questions()
	for number, sentence in invariants().items():
		broken = {question: rows for question, rows in found.items() if question.invariant == number}
		count = sum(question.invariant == number for question in asked)
		click.echo(f"{number:2} {'!!' if broken else 'ok'} {sentence} ({count})")
		for question, rows in broken.items():
			_show(question, rows)
	click.echo(f"{site}: {len(asked)} questions, {sum(map(len, found.values()))} violations")
	return len(found)


def _show(question, rows):
	click.secho(f"      {question.title}: {len(rows)}", fg="red")
	for row in rows[:SHOWN]:
		click.echo("        " + ", ".join(f"{name} {value}" for name, value in row.items()))
	if len(rows) > SHOWN:
		click.echo(f"        … {len(rows) - SHOWN} more (--json shows all)")


@click.command("mkd-doctor")
@click.option("--company", help="Only this company; all those of the site unless said.")
@pass_context
def mkd_doctor(context, company):
	"""Say what is still missing before people can work by MKD; ends with 1 where something keeps all of it from working."""
	blocking = 0
	for site in context.sites or [get_site(context)]:
		frappe.init(site=site)
		frappe.connect()
		try:
			blocking += _diagnose(site, company)
		finally:
			frappe.db.rollback()
			frappe.destroy()
	raise SystemExit(int(bool(blocking)))


def _diagnose(site, company):
	from mkd_hrms.audit.readiness import BLOCKING, questions
	from mkd_hrms.facts.agency import read_companies
	from mkd_hrms.facts.database.site import SiteDatabase

	companies = read_companies(SiteDatabase())
	if company and company not in companies:
		raise click.ClickException(f"{site} has no company {company}.")
	blocking = 0
	for name in [company] if company else companies:
		found = questions(name)
		click.echo(f"{site}, {name}:")
		_prescribe(found)
		blocking += sum(question.state == BLOCKING for question in found)
	return blocking


def _prescribe(found):
	from mkd_hrms.audit.readiness import BLOCKING, READY

	for question in found:
		mark = {BLOCKING: "!!", READY: "ok"}.get(question.state, " ?")
		count = f" ({len(question.without)} of {question.of} do not)" if question.without else ""
		click.echo(f"  {mark} {question.title}{count}")
		if question.advice:
			click.echo(f"       {question.advice}")


@click.command("data-import", params=import_of_the_platform.params)
@click.pass_context
def data_import(context, doctype, file_path, **_options):
	"""Import documents in bulk from CSV or XLSX using data import; a file with unclear numbers of MKD is refused."""
	site = get_site(frappe._dict(context.obj))
	frappe.init(site=site)
	frappe.connect()
	try:
		if "mkd_hrms" in frappe.get_installed_apps():
			_refuse_unclear_numbers(doctype, file_path)
	finally:
		frappe.destroy()
	context.forward(import_of_the_platform)


def _refuse_unclear_numbers(doctype, file_path):
	from mkd_hrms.services.platform.numbers_in_files import look_at_file
	from mkd_hrms.services.platform.written_numbers import UnclearNumber

	try:
		look_at_file(doctype, file_path)
	except UnclearNumber as unclear:
		message = strip_html(str(unclear).replace("<br>", "\n"))
		raise click.ClickException(message) from unclear


commands = [mkd_audit, mkd_doctor, data_import]
