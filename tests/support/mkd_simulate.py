"""Agencies as files for tests of what runs outside a site: a tiny one to be damaged, a larger invented one."""

import atexit
import shutil
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from unittest import SkipTest

try:
	import duckdb
except ModuleNotFoundError as missing:
	raise SkipTest("needs the extra 'simulate'") from missing

from mkd_extent import FULL

from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.applications import read_applications
from mkd_hrms.simulate.check.judging import Judgement, Question, judge_all
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables

UNTIL = date(2026, 11, 24)
TODAY, TOMORROW = date(2026, 11, 25), date(2026, 11, 26)

# Three employees, as an agency would export them.
TINY = {
	"Company.csv": "name,default_holiday_list\nPemda,Libur 2026\n",
	"Department.csv": (
		"name,department_name,parent_department,company,mkd_public_service\n"
		"Semua,Semua,,Pemda,\nBKD,BKD,Semua,Pemda,\nSamsat,Samsat,Semua,Pemda,Yes\n"
	),
	"Employee.csv": (
		"name,employee_name,mkd_nip,status,company,department,designation,employment_type,date_of_joining,relieving_date\n"
		"E1,Ani,199001012015032001,Active,Pemda,BKD,Analis,PNS,2015-03-01,\n"
		"E2,Budi,199001012015031002,Active,Pemda,Samsat,Loket,PNS,2015-03-01,\n"
		"E3,Cici,,Left,Pemda,BKD,Analis,PPPK,2020-01-01,2026-06-30\n"
	),
	"Holiday List.csv": "name,from_date,to_date\nLibur 2026,2026-01-01,2026-12-31\n",
	"Holiday.csv": "parent,holiday_date,description\nLibur 2026,2026-12-25,Natal\n",
	"Singles.csv": "doctype,field,value\nMKD Settings,attendance_from,2026-01-01\n",
	"Attendance.csv": (
		"name,employee,attendance_date,status,late_entry,early_exit,docstatus\n"
		"A1,E1,2026-11-23,Present,0,0,1\nA2,E1,2026-11-24,Absent,0,0,1\nA3,E2,2026-11-24,Present,1,0,1\n"
	),
	"Leave Application.csv": (
		"name,employee,from_date,to_date,half_day,status,docstatus\n"
		"L1,E1,2026-05-04,2026-05-08,0,Approved,1\nL2,E1,2026-06-01,2026-06-01,0,Approved,1\n"
	),
	"MKD Performance Record.csv": (
		"name,employee,source,period_start,period_end,predicate,has_score,score,docstatus\n"
		"P1,E1,e-Kinerja,2025-01-01,2025-12-31,Baik,0,0,1\nP2,E2,TRK,2025-01-01,2025-12-31,,1,95.5,1\n"
	),
	"MKD Suitability.csv": (
		"name,reference_doctype,reference_name,verdict,valid_from\nS1,Designation,Analis,Suitable,2023-06-19\n"
	),
	"MKD Discipline Record.csv": "name,employee,level,stage,from_date,to_date,docstatus\n",
	"MKD Suspension.csv": "name,employee,from_date,to_date,lifted_on,docstatus\n",
	"MKD Agreement.csv": "name,employee,valid_from,valid_to,signed_on\n",
	"MKD Gate Decision.csv": (
		"name,employee,gate,about,decision,valid_from,valid_until,docstatus\n"
		"G1,E2,Role,Unknown,Accepted,2026-11-01,2027-04-30,1\n"
	),
	"MKD Day.csv": (
		"name,employee,person,mkd_date,iso_week,slot,status\n"
		"D1,E1,199001012015032001,2026-11-18,2026-W47,1,Worked\n"
		"D2,E1,199001012015032001,2026-11-19,2026-W47,2,Worked\n"
	),
}


def temporary_folder() -> Path:
	"""A folder that goes when the tests end."""
	folder = tempfile.mkdtemp(prefix="mkd-")
	atexit.register(shutil.rmtree, folder, ignore_errors=True)
	return Path(folder)


def parquet(query: str) -> bytes:
	"""The content of a Parquet file with the rows of a query."""
	path = temporary_folder() / "rows.parquet"
	duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
	return path.read_bytes()


def tiny_agency(**changes: str | bytes | None) -> Path:
	"""The tiny agency in a folder; a change replaces a file by its content, None removes it."""
	folder = temporary_folder()
	for name, content in (TINY | changes).items():
		if isinstance(content, str):
			content = content.encode()
		if content is not None:
			(folder / name).write_bytes(content)
	return folder


def touched_agency(**changes: str | bytes | None) -> Path:
	"""The tiny agency as above; at a desk only with the tables that the changes touch, which load in half the time.

	These are the changed ones, those that must be there, and those to which they refer.
	"""
	kept = {Path(file).stem for file in changes} & set(BY_NAME) | {
		table.name for table in TABLES if table.required or table.closed
	}
	while more := {c.refers_to for name in kept for c in BY_NAME[name].columns if c.refers_to} - kept:
		kept |= more
	untouched = () if FULL else (file for file in TINY if Path(file).stem not in kept)
	return tiny_agency(**dict.fromkeys(untouched), **changes)


@lru_cache
def made(employees: int, seed: int = 1):
	"""The invented agency in a database, made once."""
	return make_agency(employees, seed, UNTIL)


@lru_cache
def sample(employees: int = 600, seed: int = 1, kind: str = "parquet") -> Path:
	"""The invented agency as files, made once."""
	folder = temporary_folder()
	write_tables(made(employees, seed), folder, kind)
	return folder


def judge(folder: Path, policy: Policy, on: date = TOMORROW, today: date = TODAY) -> Judgement:
	"""Everybody in a folder, judged."""
	agency = load(folder)
	database = DuckDatabase(agency.connection)
	question = Question(policy, AsOf(on=on, today=today, attendance_from=agency.attendance_from))
	return judge_all(database, list(read_groups(database)), question, read_applications(database))
