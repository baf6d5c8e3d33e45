"""Who works in the province: the head of the agency, heads of up to five thousand, superiors of thirty, units, attendance.

Each is a copy of somebody the app made: an employee with his user, roles, permissions, contact and results.
"""

from dataclasses import dataclass
from datetime import timedelta

import frappe

from benchmarks.province.mix import kind_of
from mkd_hrms.tests.support.world import COMPANY, OFFICE, unit

HEADED, REPORTS, TEAMS_OF_A_UNIT = 5000, 30, 5
PERSON = "benchmark_person"
COLUMNS = (
	"number int primary key, kind varchar(20), lft int, rgt int, department varchar(140),"
	" employee varchar(140), user varchar(140), full_name varchar(140),"
	" boss_employee varchar(140), boss_user varchar(140), boss_name varchar(140),"
	" chief_employee varchar(140), chief_user varchar(140), chief_name varchar(140), key (employee), key (user)"
)
# The columns that a copy of a person does not take from whom he is copied.
OWN_COLUMNS = {
	"tabEmployee": {"lft": "p.lft", "rgt": "p.rgt", "old_parent": "p.boss_employee"},
	"tabUser": {"username": "substring_index(p.user, '@', 1)"},
}


@dataclass
class Somebody:
	number: int
	kind: str
	above: "Somebody" = None
	unit: int = 0
	lft: int = 0
	rgt: int = 0

	@property
	def ids(self):
		return (
			f"HR-EMP-{50_000 + self.number}",
			f"p{self.number:06d}@province.test",
			f"Pegawai Xp{self.number:06d}",
		)


def hierarchy(employees):
	"""Everybody, each after who stands above him, with his place in the tree of superiors."""
	root = Somebody(0, "chief")
	found, staff = [root], []
	while len(found) + len(staff) < employees:
		head = Somebody(len(found), "boss", root)
		found.append(head)
		end = min(employees, len(found) + HEADED)
		while len(found) < end:
			superior = Somebody(
				len(found), "boss", head, unit=len(found) // (TEAMS_OF_A_UNIT * (REPORTS + 1))
			)
			found.append(superior)
			for _report in range(min(REPORTS, end - len(found))):
				number = len(found)
				found.append(Somebody(number, kind_of(number), superior, superior.unit))
	return _placed(found)


def _placed(found):
	"""The borders of the nested set; `found` is in the order in which a walk of the tree meets everybody."""
	below = {}
	for each in found:
		below.setdefault(id(each.above), []).append(each)
	counter = frappe.db.sql("select coalesce(max(rgt), 0) from `tabEmployee`")[0][0]

	def walk(each):
		nonlocal counter
		counter += 1
		each.lft = counter
		for report in below.get(id(each), ()):
			walk(report)
		counter += 1
		each.rgt = counter

	walk(found[0])
	return found


def make_people(employees):
	"""The table of everybody, and the units; nobody has a record yet."""
	found = hierarchy(employees)
	units = make_units(max(each.unit for each in found) + 1)
	frappe.db.sql_ddl(f"create table {PERSON} ({COLUMNS}) collate utf8mb4_unicode_ci")
	rows = []
	for each in found:
		boss = each.above or each
		chief = boss.above or boss
		rows.append(
			(each.number, each.kind, each.lft, each.rgt, units[each.unit], *each.ids, *boss.ids, *chief.ids)
		)
	insert_many(PERSON, rows)
	frappe.db.commit()


def department_of_the_cast():
	return unit(OFFICE)


def insert_many(table, rows):
	places = ", ".join(["%s"] * len(rows[0])) if rows else ""
	for start in range(0, len(rows), 20_000):
		frappe.db._cursor.executemany(f"insert into {table} values ({places})", rows[start : start + 20_000])


def make_units(count):
	"""Units of about a hundred and fifty, as the app makes them."""
	root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))})
	names = []
	for number in range(count):
		values = {"department_name": f"Bagian {number:03d}", "company": COMPANY, "parent_department": root}
		names.append(frappe.get_doc({"doctype": "Department", **values}).insert().name)
	return names


ATTENDANCE = """
	insert into `tabAttendance` (
		name, creation, modified, modified_by, owner, docstatus, naming_series, employee, employee_name, company,
		department, attendance_date, status, shift, late_entry
	)
	select concat('HR-ATT-', year(%(day)s), '-', %(first)s + p.number), timestamp(%(day)s, '18:00'),
		timestamp(%(day)s, '18:00'), 'Administrator', 'Administrator', 1, 'HR-ATT-.YYYY.-', p.employee, p.full_name,
		%(company)s, p.department, %(day)s,
		if(p.kind = 'weak' and %(absent)s, 'Absent', 'Present'), %(shift)s, p.number %% 20 = 0 and %(late)s
	from benchmark_person p
	left join `tabMKD Day` day on day.employee = p.employee and day.mkd_date = %(day)s and day.status <> 'Released'
	left join `tabAttendance` known on known.employee = p.employee and known.attendance_date = %(day)s
		and known.docstatus < 2
	where day.name is null and known.name is null
"""


def attend_office(until, shift):
	"""A year of office days, of everybody who did not work away; some are late on five days of the last month."""
	first, late = 100_000_000, 0
	day = until - timedelta(days=370)
	people = frappe.db.sql(f"select count(*) from {PERSON}")[0][0]
	seen = set()
	while day <= until:
		if day.isoweekday() < 6:
			month = (day.year, day.month)
			recent = (until - day).days < 25 and late < 5
			values = {"day": day, "first": first, "company": COMPANY, "shift": shift}
			frappe.db.sql(ATTENDANCE, {**values, "absent": month not in seen and day.day > 2, "late": recent})
			frappe.db.commit()
			late += recent
			if day.day > 2:
				seen.add(month)
			first += people
		day += timedelta(days=1)
