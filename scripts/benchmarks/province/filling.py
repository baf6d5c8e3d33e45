"""The whole province: stories are played, multiplied over people and weeks, and numbers and statistics put right."""

import json
import math
import random
from datetime import date, datetime, timedelta

from freezegun import freeze_time

import frappe

from benchmarks.province import capture, copying, faithful, people, stories
from benchmarks.province.mix import MEASURE_DUE, THIS_WEEK, drawn
from benchmarks.province.size import parsed
from benchmarks.province.stage import stage
from benchmarks.province.values import monday_of
from mkd_hrms.audit.asking import violations
from mkd_hrms.constants import DAILY_REPORT, REQUEST
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform import numbers
from mkd_hrms.services.standing import early_warnings, refresh
from mkd_hrms.tests.support.day_case import SHIFT
from mkd_hrms.tests.support.world import COMPANY

CAPTURED, MOMENT = "benchmark_captured", "benchmark_moment"
# Who is copied as what: a person's own rows, and those of his superiors.
AS = {
	"as staff": "worked",
	"as weak": "denied",
	"as unclear": "reviewed",
	"as boss": "boss",
	"as chief": "chief",
}
SEED = 1
# By this key it is seen whether somebody has an attendance of a day.
WHO_AND_WHEN = "mkd_attendance"
# The week in which everybody joined has no number of weeks ago.
JOINED = 261
ROUND_OF_PEOPLE, RECENT, EARLIER = 0, 1, 2
WEEKS_OF_A_MONTH = 4


def play(_size):
	"""Plays the stories and keeps in the database which rows each left. Returns what is no story's."""
	before = capture.names_of_all()
	with stage() as played:
		played.everybody_joins([*stories.OVER, *stories.OPEN], stories.VALUES)
		cast = {name: capture.tokens(person) for name, person in played.people.items()}
		above = {"chief": capture.tokens(played.chief), "boss": capture.tokens(played.boss)}
		joined = of_everybody(capture.rows_since(before), cast, above)
		people_made = capture.names_of_all()
		stories.play_what_is_over(played)
		stories.play_this_week(played)
		this_week, _left = capture.by_owner(capture.rows_since(people_made), cast)
		stories.play_the_end_of_measures(played)
		over, left = capture.by_owner(capture.rows_since(people_made), cast)
		for name, tables in capture.once(over, cast).items():
			joined[name] |= {table: rows for table, rows in tables.items() if table not in joined[name]}
		capture.once(this_week, cast)
		names = [person.name for person in played.people.values()]
		if found := violations(names):
			raise RuntimeError(f"What was played breaks an invariant: {found}")
	keep({"joined": joined, "this_week": this_week, "over": over, "cast": cast | above})
	return {
		"of_nobody": {table: len(rows) for table, rows in left.items()},
		"rows_by_story": counted(over | {name: this_week[name] for name in stories.OPEN}),
	}


def of_everybody(rows, cast, above):
	"""What each got when he joined. A record that names a superior is that of who is below him."""
	joined, left = capture.by_owner(rows, cast)
	for name in reversed(above):
		found, left = capture.by_owner(left, {name: above[name]})
		joined |= found
	return joined


def counted(by_story):
	return {story: sum(map(len, tables.values())) for story, tables in by_story.items()}


def keep(captured):
	frappe.db.sql_ddl(f"create or replace table {CAPTURED} (content longtext)")
	frappe.db.sql(f"insert into {CAPTURED} values (%s)", (json.dumps(captured),))
	frappe.db.commit()


def kept():
	return json.loads(frappe.db.sql(f"select content from {CAPTURED}")[0][0])


def populate(size):
	"""People, a year in the office, and the last month of stories, with what every employee's standing is then."""
	stop_the_clock()
	size, copier = parsed(size), copier_of(kept())
	people.make_people(size.employees)
	frappe.db.sql_ddl(f"create table {copying.INSTANCE} ({copying.INSTANCE_COLUMNS})")
	insert_instances(size)
	copier.copy(ROUND_OF_PEOPLE)
	renew_results()
	copied = copier.copy(RECENT)
	with copying.keys_at_the_end("tabAttendance", but=(WHO_AND_WHEN,)):
		people.attend_office(now().date() - timedelta(days=1), SHIFT)
	put_right(copier)
	evaluate()
	return {"copied": copied, "tables": table_sizes()}


def extend(_size):
	"""The months before the last one."""
	copier = copier_of(kept())
	copied = copier.copy(EARLIER)
	# Who worked away was not at the office.
	frappe.db.sql(
		"""delete office from `tabAttendance` office join `tabMKD Day` day
			on day.employee = office.employee and day.mkd_date = office.attendance_date
		where day.status <> 'Released' and office.mkd_day is null"""
	)
	frappe.db.commit()
	put_right(copier)
	# As the night before did: what is measured is an ordinary one.
	evaluate()
	return {"copied": copied, "tables": table_sizes()}


def now():
	"""The moment at which the province is looked at: Thursday of its week, when yesterday's reports are due."""
	return frappe.db.sql(f"select moment from {MOMENT}")[0][0]


def stop_the_clock():
	"""The week in which the province was filled stays its own: a site that was kept is looked at in that week."""
	day = monday_of(clock.today()) + timedelta(days=3)
	frappe.db.sql_ddl(f"create table {MOMENT} (moment datetime)")
	frappe.db.sql(f"insert into {MOMENT} values (%s)", (datetime(day.year, day.month, day.day, 10, 5),))
	frappe.db.commit()


def at_that_moment():
	"""The clock of the province."""
	return freeze_time(f"{now():%Y-%m-%dT%H:%M:%S}.500001+07:00", tick=True)


def copier_of(captured):
	"""Knows each story's rows and whom their names stand for."""
	cast = captured["cast"]
	rows = {name: captured["over"][name] for name in stories.OVER}
	rows |= {name: captured["this_week"][name] for name in stories.OPEN}
	rows |= {due: captured["this_week"][name] for due, name in stories.MEASURE_DUE.items()}
	rows |= {kind: captured["joined"][name] for kind, name in AS.items()}
	del rows["worked_again"]
	played = {name: name for name in rows} | stories.MEASURE_DUE | AS
	return copying.Copier(rows, {name: stand_ins(cast, played[name]) for name in rows}, kept_for())


def stand_ins(cast, name):
	"""For whose names the columns of a person stand."""
	above = {"boss": ("chief",), "chief": ()}.get(name, ("boss", "chief"))
	columns = dict(zip(cast[name], ("p.employee", "p.user", "p.full_name"), strict=True))
	for who, rank in zip(above, ("boss", "chief"), strict=False):
		columns |= dict(
			zip(cast[who], (f"p.{rank}_{what}" for what in ("employee", "user", "name")), strict=True)
		)
	return columns | {people.department_of_the_cast(): "p.department"}


def kept_for():
	"""The platform clears its logs after some days: older rows are not made. The least shift of a table's rows."""
	days = {f"tab{doctype}": number for doctype, number in cleared_after().items()}

	def least_shift(table):
		if table not in days:
			return -100_000
		return (now().date() - timedelta(days=days[table]) - stories.MONDAY).days

	return least_shift


def cleared_after():
	found = {}
	for entry in frappe.get_hooks("default_log_clearing_doctypes").items():
		doctype, number = entry
		found[doctype] = number[-1] if isinstance(number, list) else number
	return found


def insert_instances(size):
	"""When what happens to whom: first everybody joins, then week after week."""
	everybody = frappe.db.sql(f"select number, kind from {people.PERSON} order by number")
	captured = kept()
	tails = {name: tail_of(captured["over"][name]) for name in stories.OVER}
	monday = monday_of(now().date())
	rows = [instance(number, f"as {kind}", number, 0, ROUND_OF_PEOPLE) for number, kind in everybody]
	staff = [(number, kind) for number, kind in everybody if number]
	for story, number, ago in drawn(staff, size.weeks, tails, random.Random(SEED)):  # noqa: S311 -- the same people each time
		of_this_week = story in THIS_WEEK or story == MEASURE_DUE
		played = stories.THIS_MONDAY if of_this_week else stories.MONDAY
		shift = (monday - played).days - 7 * ago
		identity = 2 * ((JOINED - ago) * len(everybody) + number)
		age = RECENT if ago <= WEEKS_OF_A_MONTH else EARLIER
		rows.append(instance(identity, story, number, shift, age))
		if not of_this_week:
			rows.append(instance(identity + 1, "leave", number, shift, age))
	people.insert_many(copying.INSTANCE, rows)
	frappe.db.commit()


def instance(identity, story, number, shift, round_):
	return identity, identity * copying.MIXER & copying.MASK, story, number, shift, round_


def tail_of(tables):
	"""How many weeks after its Monday the last thing of a story happened."""
	last = max(row["modified"] for rows in tables.values() for row in rows)
	return math.ceil(((date.fromisoformat(last[:10]) - stories.MONDAY).days - 2) / 7)


def renew_results():
	"""The yearly result is that of last year, in whatever year this is."""
	year = now().year - 1
	frappe.db.sql(
		"""update `tabMKD Performance Record` set period_start = %s, period_end = %s where employee in (
			select employee from benchmark_person)""",
		(date(year, 1, 1), date(year, 12, 31)),
	)
	frappe.db.commit()


def put_right(copier):
	"""Running numbers, statistics, and what caches know."""
	copying.continue_numbers(copier.kinds)
	for doctype in (REQUEST, DAILY_REPORT):
		numbers.mend(doctype)
	for table in {*copier.tables(), "tabAttendance"}:
		frappe.db.sql_ddl(f"analyze table `{table}`")
	frappe.clear_cache()


def evaluate():
	"""Everybody's standing, and the early warnings that come of it, as in the night."""
	with at_that_moment():
		refresh.refresh(COMPANY, (), early_warnings.notice)
		frappe.db.commit()


def table_sizes():
	"""Megabytes, and rows as the server estimates them, of every table that has some."""
	found = frappe.db.sql(
		"""select table_name, (data_length + index_length) / 1048576, table_rows from information_schema.tables
		where table_schema = database() and table_rows > 0 order by 2 desc"""
	)
	return {table: {"mb": float(size), "rows": int(rows)} for table, size, rows in found if size > 0.1}


def sizes(size):
	"""Megabytes of every table of ours for one employee and one year."""
	size, found = parsed(size), table_sizes()
	years = size.employees * size.months / 12
	ours = {table: figures for table, figures in found.items() if table.startswith("tabMKD")}
	of_ours = capture_tables() - {*ours, *TABLES_OF_PEOPLE}
	return {
		"mb_per_employee_year": {table: figures["mb"] / years for table, figures in ours.items()},
		"of_the_platform": {table: found[table]["mb"] / years for table in sorted(of_ours) if table in found},
	}


def capture_tables():
	return {table for rows in kept()["over"].values() for table in rows}


def audit(_size):
	"""What breaks an invariant of the app, asked as an administrator does, and how much there is of everything."""
	with at_that_moment():
		found = {name: rows[:5] for name, rows in violations_of_others().items()}
	differences = faithful.differences(copier_of(kept()), kept())
	return {
		"violations": capture.plain(found),
		"differences": differences,
		"counts": {name: frappe.db.count(name) for name in COUNTED},
	}


def violations_of_others():
	"""By question what `mkd-audit` finds, without those who played the stories.

	Their days lie in weeks to which the province has not come.
	"""
	players = {token for tokens in kept()["cast"].values() for token in tokens}
	found = {
		question.name: [row for row in rows if players.isdisjoint(map(str, row.values()))]
		for question, rows in violations().items()
	}
	return {name: rows for name, rows in found.items() if rows}


# Filled by what is no MKD, too.
TABLES_OF_PEOPLE = ("tabAttendance", "tabLeave Application", "tabUser", "tabEmployee")
COUNTED = "Employee/MKD Request/MKD Day/MKD Daily Report/MKD Decision Record/Workflow Action/Version/Attendance".split(
	"/"
)
