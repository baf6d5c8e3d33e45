"""Some people of the site as an agency would export them, and what is said of them outside a site."""

import csv
import tempfile
from pathlib import Path

import frappe

from mkd_hrms.policy.facts import AsOf
from mkd_hrms.simulate.check.applications import Answer, read_applications
from mkd_hrms.simulate.check.judging import Question, judge_all
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import Agency, load
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.tests.support.world import COMPANY, TODAY

# The superior stays behind.
LEFT_OUT = ("reports_to",)
# The documents of these stand in a table of their own, which names the document as its parent.
ROWS_OF = {"MKD Request Date": "MKD Request", "Travel Itinerary": "Travel Request"}


def export(employees: list[str]) -> Agency:
	"""The tables of the site, of what belongs to somebody only what belongs to these people, loaded from files."""
	with tempfile.TemporaryDirectory() as folder:
		for table in TABLES:
			columns = [column.name for column in table.columns if column.name not in LEFT_OUT]
			rows = _rows(table.name, columns, employees)
			with open(Path(folder) / f"{table.name}.csv", "w", newline="", encoding="utf-8") as file:
				csv.writer(file).writerows([columns, *rows])
		return load(Path(folder), today=TODAY)


def _rows(table: str, columns: list[str], employees: list[str]) -> list:
	filters = _whose(table, columns, employees)
	if table == "Singles":
		return frappe.db.sql("select doctype, field, value from tabSingles where doctype = 'MKD Settings'")
	return frappe.get_all(table, filters=filters, fields=columns, as_list=True, order_by="creation")


def _whose(table: str, columns: list[str], employees: list[str]) -> dict:
	if table == "Employee":
		return {"name": ("in", employees)}
	if table == "Company":
		return {"name": COMPANY}
	if table == "Department":
		return {"company": ("in", (COMPANY, ""))}
	if table == "Employee Internal Work History":
		return {"parent": ("in", employees)}
	if table == "Employee Property History":
		kinds = ("Employee Promotion", "Employee Transfer")
		own = [
			name
			for kind in kinds
			for name in frappe.get_all(kind, {"employee": ("in", employees)}, pluck="name")
		]
		return {"parent": ("in", [*own, ""])}
	if parent := ROWS_OF.get(table):
		own = frappe.get_all(parent, {"employee": ("in", employees)}, pluck="name")
		return {"parent": ("in", [*own, ""])}
	return {"employee": ("in", employees)} if "employee" in columns else {}


class Files:
	"""The people outside the site, judged by one policy as known today."""

	def __init__(self, employees, policy, on, today=TODAY):
		self.agency = export([employee.name for employee in employees])
		self.database, self.policy, self.today = DuckDatabase(self.agency.connection), policy, today
		self.groups = list(read_groups(self.database))
		when = AsOf(on=on, today=today, attendance_from=self.agency.attendance_from)
		question = Question(policy, when)
		self.applications = read_applications(self.database)
		self.judgement = judge_all(self.database, self.groups, question, self.applications)

	def answer(self, request) -> Answer:
		(found,) = [entry for entry in self.judgement.answers if entry.application.name == request.name]
		return found
