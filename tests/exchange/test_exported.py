"""The records of an invented agency, written by each profile and read again: the rules see the same of everybody."""

import re
from datetime import date

import duckdb
import pytest
from click.testing import CliRunner
from mkd_exchange import ALL, as_text
from mkd_extent import some
from mkd_simulate import TINY, TODAY, TOMORROW, made, temporary_folder, tiny_agency

from mkd_hrms.exchange import profiles
from mkd_hrms.exchange.stored import MAKE
from mkd_hrms.exchange.writing import harmless
from mkd_hrms.policy import packs
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.simulate.check.judging import Question, judge_all
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.convert.tables import TABLES as TABLE_OF
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.parquet import write_parquet
from mkd_hrms.simulate.files.schema import BY_NAME
from mkd_hrms.simulate.sample.files import write_tables

PEOPLE, FIRST, LAST = 200, date(2026, 11, 1), date(2026, 11, 30)
NAME = re.compile(r"[A-Za-z-]+-\d{5,}(?=')")
LONG_AGO, FAR_AHEAD = date(2017, 1, 1), date(2027, 12, 31)
# What a file of each profile can hold, and the columns that it tells.
ATTENDANCE = "employee, attendance_date, status, half_day_status, late_entry, early_exit"
RESULT = "employee, source, period_start, period_end, predicate"
WHOLE = "day(period_start) = 1 AND last_day(period_end) = period_end"
ONE_MONTH = f"{WHOLE} AND last_day(period_start) = period_end"
HELD = {
	"kmob": (ATTENDANCE, "status = 'Present' OR late_entry + early_exit = 0"),
	"recap-long": (ATTENDANCE, "status = 'Present' OR late_entry + early_exit = 0"),
	"recap-wide": (
		ATTENDANCE,
		f"attendance_date >= '{FIRST}' AND (status = 'Present' OR late_entry + early_exit = 0)",
	),
	"trk-month": (f"{RESULT}, has_score, score, productive_minutes", f"source = 'TRK' AND {ONE_MONTH}"),
	"ekinerja": (RESULT, f"source = 'e-Kinerja' AND predicate IS NOT NULL AND {WHOLE}"),
	"siasn-discipline": (
		"employee, level, stage, from_date, to_date",
		f"stage = 'In Force' OR (stage = 'Ended' AND to_date < '{TODAY}')",
	),
	"siasn-talent": ("employee, year, box, x_axis, y_axis, total_axis", "true"),
	"kmob-schedule": ("employee, mkd_date, iso_week, status", "status = 'Approved'"),
}


def agency_of(profile):
	"""The invented agency, of one table what a file of the profile can hold, of people whom it can name."""
	table, (_columns, held) = TABLE_OF[profile.row], HELD[profile.name]
	folder, connection = temporary_folder(), made(PEOPLE)
	write_tables(connection, folder, "parquet")
	# Half a day away with permission has a word that means a day of leave, which the rules count alike.
	half = "status = 'Half Day' AND half_day_status IS DISTINCT FROM 'Absent'"
	plain = f"* REPLACE (CASE WHEN {half} THEN 'On Leave' ELSE status END AS status,"
	plain += f" CASE WHEN {half} THEN NULL ELSE half_day_status END AS half_day_status)"
	told = ", 0 AS has_score, 0 AS score, 0 AS productive_minutes" if profile.name == "ekinerja" else ""
	select = {
		"Attendance": plain,
		# Which of two results of a day came later, and what somebody has invented, no file tells.
		"MKD Performance Record": f"* REPLACE (NULL::TIMESTAMP AS modified, 0 AS innovation{told})",
	}.get(table, "*")
	if table == "MKD Day":
		(folder / "MKD Daily Report.parquet").unlink()
	named = 'employee IN (SELECT name FROM "tabEmployee" WHERE mkd_nip IS NOT NULL)'
	target = folder / f"{table}.parquet"
	target.unlink()
	query = f'SELECT {select} FROM "tab{table}" WHERE ({held}) AND {named}'
	query += " AND docstatus = 1" if "docstatus" in [column.name for column in BY_NAME[table].columns] else ""
	connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")
	return folder, target


def written(profile, folder):
	"""What the command writes of the agency; somebody was hired again, and is recorded twice for some months."""
	path = temporary_folder() / f"berkas.{profile.writes}"
	since, until = (FIRST, LAST) if profile.layout == "wide month" else (LONG_AGO, FAR_AHEAD)
	period = ["--from", since, "--until", until, "--today", TODAY]
	result = run("export", "--data", folder, "--profile", profile.name, "--out", path, *period)
	assert result.exit_code == 0, result.output
	told = re.sub(r"  \d+ days have several rows of attendance.*\n", "", result.output)
	(count,) = re.fullmatch(rf"([\d,]+) rows written\.\nWritten: {path}\n", told).groups()
	return path, int(count.replace(",", ""))


def run(*arguments):
	return CliRunner().invoke(mkd, list(map(str, arguments)))


def recorded_twice():
	"""The Employee records of who has several."""
	several = 'SELECT mkd_nip FROM "tabEmployee" GROUP BY mkd_nip HAVING count(*) > 1'
	found = made(PEOPLE).execute(f'SELECT name FROM "tabEmployee" WHERE mkd_nip IN ({several})').fetchall()
	return [name for (name,) in found]


def seen(folder):
	"""What the rules say of everybody, and on what."""
	agency = load(folder, today=TODAY)
	database, policy = DuckDatabase(agency.connection), packs.load("jabar-2023")
	when = AsOf(on=TOMORROW, today=TODAY, attendance_from=agency.attendance_from)
	judged = judge_all(database, list(read_groups(database)), Question(policy, when), []).people
	# Read again, a record has another name.
	return [NAME.sub("", repr(each)) for each in judged]


@pytest.mark.parametrize("name", some(sorted(HELD, reverse=True), 3))
def test_the_rules_see_of_everybody_what_they_saw(name):
	profile = profiles.load(name)
	folder, target = agency_of(profile)
	path, count = written(profile, folder)
	before, table = seen(folder), target.stem
	columns, known = HELD[name][0], f"employee NOT IN ({', '.join(map(repr, recorded_twice()))})"
	there = duckdb.execute(f"SELECT {columns} FROM '{target}' WHERE {known} ORDER BY ALL").fetchall()
	assert count > 2
	target.unlink()
	out = temporary_folder() / "out"
	result = run("convert", "--in", path, "--out", out, "--today", TODAY, "--agency", folder)
	assert result.exit_code == 0, result.output
	assert f"({name}, 100 %)" in result.output and " 0 values rejected." in result.output
	loaded = load(out, today=TODAY).connection
	again = loaded.execute(f'SELECT {columns} FROM "tab{table}" WHERE {known} ORDER BY ALL').fetchall()
	assert again == there
	assert seen(out) == before


def test_whatever_is_stored_is_written_by_some_profile():
	assert {profile.row for profile in ALL} == set(MAKE)


def test_a_table_keeps_its_kinds_and_what_is_empty(tmp_path):
	text, columns = (
		tmp_path / "a.csv",
		["name", "employee", "from_date", "to_date", "level", "stage", "docstatus"],
	)
	text.write_text(as_text([columns, ["=1+1", 'a "b", c', "2026-11-02", "", "Light", "In Force", 1]], ","))
	write_parquet(BY_NAME["MKD Discipline Record"], columns, text, tmp_path / "a.parquet")
	(row,) = duckdb.execute(f"SELECT * FROM '{tmp_path / 'a.parquet'}'").fetchall()
	assert row == ("=1+1", 'a "b", c', date(2026, 11, 2), None, "Light", "In Force", 1)


@pytest.mark.parametrize("sign", "=+-@")
def test_no_cell_is_taken_for_a_formula(sign):
	assert harmless(f"{sign}cmd") == f"'{sign}cmd"
	assert harmless("-7,5") == "-7,5"


def test_what_cannot_be_written_is_told_and_leaves_nothing():
	out = temporary_folder() / "berkas"
	period = ["--from", "2026-10-01", "--until", "2026-11-30", "--language", "id"]
	for name, words in (
		("zkteco", "Tabel instansi tidak memuat isi berkas zkteco"),
		("trk", "berarti beberapa profil: trk-activities, trk-month"),
		("kmop", "There is no profile"),
		("recap-wide", "memuat satu bulan saja"),
	):
		attendance = {
			"Attendance.csv": TINY["Attendance.csv"].replace("A1,E1,2026-11-23", "A1,E1,2026-10-23")
		}
		folder = tiny_agency(**attendance)
		result = run("export", "--data", folder, "--profile", name, "--out", out, *period)
		assert (result.exit_code, out.exists()) == (1, False), result.output
		assert words in result.output
	assert list(out.parent.iterdir()) == []
