"""What a profile writes it reads: exported, taken away, imported again, and the same is recorded of everybody."""

import tempfile

import frappe

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.mkd_hrms.report.mkd_monthly_recap.mkd_monthly_recap import execute as monthly_recap
from mkd_hrms.services.exports import open_tables, profiled
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.workbooks import open_book
from mkd_hrms.simulate.files.workbooks import records as records_in
from mkd_hrms.tests.support.export_case import FIRST, LAST, ExportCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COMPANY, TODAY

ATTENDANCE, CHECKIN = "Attendance", "Employee Checkin"
RESULT, CASE, BOX = "MKD Performance Record", "MKD Discipline Record", "MKD Talent Record"
DAYS = [f"2026-11-{number:02d}" for number in (16, 17, 18, 19, 20, 23, 24)]
# What attendance says of a day, and whether somebody was late or left early.
KINDS = (
	*(("Present", 0, 0), ("Present", 1, 0), ("Present", 0, 1), ("Present", 1, 1)),
	*(("Work From Home", 0, 0), ("Absent", 0, 0), ("On Leave", 0, 0), ("Half Day", 0, 0)),
)
PRESENCE = "attendance_date status half_day_status late_entry early_exit docstatus"
SAID = {
	RESULT: "source period_start period_end predicate has_score score productive_minutes docstatus",
	CASE: "level stage from_date to_date decree_no docstatus",
	BOX: "year box source x_axis y_axis total_axis docstatus",
	CHECKIN: "time",
}


class TestRoundTrips(ExportCase):
	def said(self, doctype, people, fields):
		return {each.name: sorted(self.rows(doctype, each, fields)) for each in people}

	def comes_back(self, doctype, people, fields, profile, name, **period):
		"""Written, taken away, read again: the rows and what the rules see are those from before."""
		before, facts = self.said(doctype, people, fields), self.facts(people)
		self.assertTrue(all(before.values()))
		doc = self.exported(profile, **period)
		content = self.content(doc)
		self.assertEqual((doc.row_count, doc.problems), (sum(map(len, before.values())), None))
		self.emptied(doctype, people)
		self.assertNotEqual(self.facts(people), facts)
		imported = self.applied(content, name)
		self.assertEqual((imported.read_as, imported.rejected_count), (profile, 0), imported.problems)
		self.assertEqual(self.said(doctype, people, fields), before)
		self.assertEqual(self.facts(people), facts)

	def crowd(self):
		"""Each with another row of kinds of days."""
		people = [self.member() for _ in KINDS]
		for number, employee in enumerate(people):
			for place, day in enumerate(DAYS):
				status, late, early = KINDS[(number + place) % len(KINDS)]
				came = status in ("Present", "Work From Home")
				times = {"in_time": f"{day} 07:2{place}:00", "out_time": f"{day} 16:01:30"} if came else {}
				# Of leave without an application the platform says so too, and no rule looks at it.
				half = {"half_day_status": "Absent"} if status in ("Half Day", "On Leave") else {}
				marks = {"late_entry": late, "early_exit": early}
				self.attended(employee, day, status, **marks, **times, **half)
		return people

	def test_presence_of_kmob(self):
		self.comes_back(ATTENDANCE, self.crowd(), f"{PRESENCE} in_time out_time", "kmob", "presensi.csv")

	def test_a_recap_with_a_row_a_day(self):
		fields = f"{PRESENCE} in_time out_time"
		self.comes_back(ATTENDANCE, self.crowd(), fields, "recap-long", "rekap.xlsx")

	def test_a_recap_with_a_column_a_day(self):
		self.comes_back(ATTENDANCE, self.crowd(), PRESENCE, "recap-wide", "rekap.xlsx")

	def test_people_come_in_parts_and_none_is_lost(self):
		self.addCleanup(setattr, profiled, "AT_ONCE", profiled.AT_ONCE)
		profiled.AT_ONCE = 3
		self.comes_back(ATTENDANCE, self.crowd(), PRESENCE, "recap-wide", "rekap.xlsx")

	def test_months_of_trk(self):
		people = [self.member(), self.member()]
		for number, employee in enumerate(people):
			for month, last in ((9, 30), (10, 31)):
				period = {"period_start": f"2026-{month:02d}-01", "period_end": f"2026-{month:02d}-{last}"}
				score = {"has_score": 1, "score": 90.5 + number} if number else {}
				minutes = 6000 + 10 * month
				values = {"source": "TRK", "predicate": "Baik", "productive_minutes": minutes, **score}
				self.recorded(RESULT, employee, **period, **values)
		before = self.said(RESULT, people, SAID[RESULT])
		content = self.content(self.exported("trk-month", from_date="2026-09-01", to_date="2026-10-31"))
		facts = self.facts(people)
		self.emptied(RESULT, people)
		self.applied(content, "capaian.xlsx")
		self.assertEqual(self.said(RESULT, people, SAID[RESULT]), before)
		self.assertEqual(self.facts(people), facts)

	def test_predicates_of_ekinerja(self):
		people = [self.member() for _ in range(3)]
		for employee, predicate in zip(people, ("Sangat Baik", "Butuh Perbaikan", "Kurang"), strict=True):
			values = {"source": "e-Kinerja", "period_start": "2026-07-01", "period_end": "2026-09-30"}
			self.recorded(RESULT, employee, predicate=predicate, **values)
		period = {"from_date": "2026-09-01"}
		self.comes_back(RESULT, people, SAID[RESULT], "ekinerja", "predikat.xlsx", **period)

	def test_talent_boxes(self):
		people = [self.member() for _ in range(3)]
		for number, employee in enumerate(people):
			axes = {"x_axis": 70.5 + number, "y_axis": 81.25, "total_axis": 151.75 + number} if number else {}
			for year, box in ((2025, 4 + number), (2026, 7 + number)):
				self.recorded(BOX, employee, source="SIASN", year=year, box=box, **axes)
		period = {"from_date": "2025-12-01", "to_date": "2026-11-24"}
		self.comes_back(BOX, people, SAID[BOX], "siasn-talent", "talenta.xlsx", **period)
		only = self.exported("siasn-talent", from_date="2026-11-01")
		self.assertEqual(only.row_count, len(people))

	def test_sanctions(self):
		people = [self.member() for _ in range(3)]
		for employee, level, stage, last in (
			(people[0], "Light", "In Force", None),
			(people[1], "Medium", "In Force", "2027-11-01"),
			(people[2], "Severe", "Ended", "2026-11-10"),
		):
			values = {"stage": stage, "from_date": "2026-11-02", "to_date": last, "decree_no": "=SK 7"}
			self.recorded(CASE, employee, level=level, **values)
		self.comes_back(CASE, people, SAID[CASE], "siasn-discipline", "hukdis.xlsx")

	def test_times_of_a_machine_and_of_a_recap_with_several_times_a_day(self):
		people = [self.member(), self.member()]
		for profile, name in (("zkteco", "attlog.dat"), ("recap-pairs", "rekap.xlsx")):
			with self.subTest(profile):
				for employee in people:
					for at in ("07:20:01", "12:00:00", "16:02:30")[: 2 + (employee is people[0])]:
						self.recorded(CHECKIN, employee, time=f"2026-11-23 {at}", docstatus=0)
				before = self.said(CHECKIN, people, SAID[CHECKIN])
				content = self.content(self.exported(profile))
				self.emptied(CHECKIN, people)
				self.assertEqual(self.applied(content, name).read_as, profile)
				self.assertEqual(self.said(CHECKIN, people, SAID[CHECKIN]), before)
				self.emptied(CHECKIN, people)

	def test_work_in_daily_reports_becomes_the_minutes_that_count(self):
		one = self.member()
		for day, status, minutes in (
			("2026-11-16", "Verified", 120),
			("2026-11-17", "Verified", 45),
			("2026-11-18", "Submitted", 300),
			("2026-11-19", "Rejected", 500),
		):
			report = self.recorded(DAILY_REPORT, one, mkd_date=day, status=status)
			self.addCleanup(frappe.db.delete, DAILY_REPORT, {"name": report.name})
			line = {"parent": report.name, "parenttype": DAILY_REPORT, "parentfield": "activities", "idx": 1}
			values = {"activity": "-Menyusun nota", "minutes": minutes, "from_time": "08:00:00"}
			row = frappe.get_doc({"doctype": "MKD Daily Report Activity", **line, **values})
			row.update({"to_time": "16:00:00", "name": frappe.generate_hash(length=10)}).db_insert()
			self.addCleanup(frappe.db.delete, "MKD Daily Report Activity", {"name": row.name})
		frappe.db.commit()
		doc = self.exported("trk-activities")
		self.assertIn("'-Menyusun nota", self.content(doc).decode("utf-8-sig"))
		imported = self.applied(self.content(doc))
		self.assertEqual((doc.row_count, imported.read_as), (4, "trk-activities"))
		self.assertEqual(
			self.rows(RESULT, one, "source period_end productive_minutes"), [("TRK", "2026-11-30", "165")]
		)


class TestTheSchedule(ExportCase):
	def test_it_names_who_is_to_work_away_when_and_no_import_takes_it(self):
		one, other = self.member(), self.member()
		for employee, day, status in (
			(one, "2026-12-08", "Approved"),
			(one, "2026-12-10", "Pending"),
			(other, "2026-12-09", "Approved"),
			(other, "2026-12-10", "Released"),
		):
			self.away(employee, day, status)
		doc = self.exported("kmob-schedule", from_date="2026-12-01", to_date="2026-12-31")
		lines = self.content(doc).decode("utf-8-sig").splitlines()
		self.assertEqual(lines[0], "nip;nama;unit;tanggal_mkd;moda_kerja")
		said = {tuple(line.split(";")[place] for place in (0, 3, 4)) for line in lines[1:]}
		self.assertEqual(said, {(one.mkd_nip, "2026-12-08", "WFH"), (other.mkd_nip, "2026-12-09", "WFH")})
		for profile, words in ((None, "fits no profile"), ("kmob-schedule", "not stored")):
			made = self.made(self.content(doc), profile=profile)
			self.assertEqual((made.status, made.read_as), ("Draft", None))
			self.assertIn(words, made.problems)


class TestWhatIsLeftOut(ExportCase):
	def test_it_is_counted_and_told_in_the_language_of_whoever_asked(self):
		one, two, _nobody = self.member(), self.member(), self.member(mkd_nip=None)
		self.attended(one, DAYS[0], "Work From Home", late_entry=1)
		self.attended(one, DAYS[1], "Absent", shift="Pagi")
		self.attended(one, DAYS[1], "Present", shift="Sore")
		self.recorded(RESULT, two, source="TRK", period_start="2026-11-02", period_end="2026-11-30")
		doc = self.exported("kmob")
		self.assertEqual(doc.row_count, 2)
		for words in ("1 people have no number", "1 days away from the office", "1 days have several rows"):
			self.assertIn(words, doc.problems)
		doc = self.exported("trk-month")
		self.assertIn("Nothing is recorded", doc.problems)
		self.assertIn("1 results are not of whole months", doc.problems)
		self.assertIsNone(doc.written_file)
		frappe.db.set_value("User", self.officer, "language", "id")
		self.addCleanup(frappe.db.set_value, "User", self.officer, "language", "en")
		frappe.clear_cache(user=self.officer)
		self.assertIn("1 pegawai tidak memiliki nomor", self.exported("kmob").problems)

	def test_more_times_than_a_layout_has_room_for_are_no_half_a_file(self):
		one = self.member()
		for hour in range(7, 12):
			self.recorded(CHECKIN, one, time=f"2026-11-23 {hour:02d}:00:00", docstatus=0)
		doc = self.exported("recap-pairs")
		self.assertEqual((doc.status, doc.written_file), ("Failed", None))
		self.assertIn("at most 4 times", doc.problems)

	def test_what_cannot_be_asked_is_refused_at_once(self):
		for words, values in (
			("one month", {"profile": "recap-wide", "from_date": "2026-10-31"}),
			("at most 31", {"profile": "recap-pairs", "from_date": "2026-10-01"}),
			("at most 366", {"profile": "kmob", "from_date": "2025-01-01"}),
			("at most 366", {"profile": "kmob", "from_date": "2026-12-01"}),
			("Choose the profile", {"kind": "File of a Profile"}),
			("one month", {"kind": "Monthly Evaluation", "format": "CSV", "from_date": "2026-10-01"}),
			("written as XLSX / CSV", {"kind": "Monthly Recap", "format": "Parquet"}),
		):
			with self.subTest(words), self.assertRaises(frappe.ValidationError) as refusal:
				self.asked(**values)
			frappe.db.rollback()
			frappe.set_user("Administrator")
			self.assertIn(words, str(refusal.exception))


class TestRecaps(ExportCase):
	def table(self, doc, number=0):
		with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
			file.write(self.content(doc))
			file.flush()
			from pathlib import Path

			with open_book(Path(file.name)) as book:
				return [list(cells) for _row, cells in records_in(list(book.values())[number])]

	def worked_month(self):
		one, other = self.member(first_name='=HYPERLINK("http://x","y")'), self.member()
		for employee, day, status in (
			(one, "2026-11-17", "Worked"),
			(one, "2026-11-24", "No Show"),
			(other, "2026-11-18", "Worked"),
			(other, "2026-11-27", "Approved"),
		):
			self.away(employee, day, status)
		report = {"mkd_date": "2026-11-17", "department": self.unit, "total_minutes": 450}
		row = self.recorded(DAILY_REPORT, one, status="Verified", **report)
		self.addCleanup(frappe.db.delete, DAILY_REPORT, {"name": row.name})
		return one, other

	def test_the_recap_says_what_the_report_says(self):
		one, _other = self.worked_month()
		doc = self.exported(kind="Monthly Recap", format="XLSX")
		head, *lines = self.table(doc)
		found = {line[2]: dict(zip(head, line, strict=False)) for line in lines}
		filters = {"company": COMPANY, "from_date": FIRST, "to_date": LAST, "department": self.unit}
		with acting_as(self.officer):
			shown = monthly_recap({**filters, "by": "Person"})[1]
		self.assertEqual(len(found), len(shown))
		for row in shown:
			number = frappe.db.get_value("Employee", row["employee"], "mkd_nip")
			said = [found[number][name] for name in ("MKD Days", "Worked", "No Show", "Approved")]
			self.assertEqual(said, [row[name] for name in ("days", "worked", "absent", "ahead")])
		mine = found[one.mkd_nip]
		self.assertEqual((mine["Reports Verified"], mine["Hours Reported"]), (1, 7.5))
		# Nothing that a spreadsheet would run.
		self.assertTrue(mine["Employee Name"].startswith("'="))
		(unit,) = [dict(zip(*pair, strict=False)) for pair in [self.table(doc, 1)]]
		self.assertEqual((unit["MKD Days"], unit["Worked"]), (4, 2))

	def test_the_evaluation_has_the_weeks_of_the_month_and_what_went_wrong(self):
		self.worked_month()
		doc = self.exported(kind="Monthly Evaluation", format="CSV")
		lines = [line.split(",") for line in self.content(doc).decode("utf-8-sig").splitlines()]
		weeks = {line[0]: line[1:] for line in lines if line[0] in ("I", "II", "III", "IV", "V", "VI")}
		self.assertEqual(weeks["I"][:2], ["2026-11-01", "2026-11-01"])
		self.assertEqual(weeks["VI"][:2], ["2026-11-30", "2026-11-30"])
		# From, to, all days at the office, people away, days, with a valid report, per cent.
		self.assertEqual(weeks["IV"], ["2026-11-16", "2026-11-22", "0", "2", "2", "1", "50"])
		self.assertEqual(sum(int(week[4]) for week in weeks.values()), 4)
		counts = {line[0]: line[1] for line in lines if len(line) > 1}
		self.assertEqual((counts["No Show"], counts["Total"]), ("1", "2"))


class TestOpenTables(ExportCase):
	def test_the_rules_see_outside_what_they_see_on_the_site(self):
		people = [self.member(), self.member()]
		for day in DAYS:
			self.attended(people[0], day, "Absent")
			self.attended(people[1], day, "Present", late_entry=1)
		self.attended(people[0], "2026-10-30", "Absent")
		case = {"level": "Medium", "stage": "In Force", "from_date": "2026-11-02"}
		self.recorded(CASE, people[1], **case)
		self.away(people[1], "2026-11-27")
		self.addCleanup(setattr, open_tables, "AT_ONCE", open_tables.AT_ONCE)
		open_tables.AT_ONCE = 1
		for form in ("CSV", "Parquet"):
			doc = self.exported(kind="Open Tables", format=form, from_date="2025-12-01")
			with self.subTest(form), tempfile.TemporaryDirectory() as folder:
				agency = load(self.unpacked(doc, folder), today=TODAY)
				outside = self.facts(people, database=DuckDatabase(agency.connection))
				self.assertEqual(outside, self.facts(people))
				absences = [outside[each.name]["attendance"]["absences"] for each in people]
				self.assertEqual(absences, [len(DAYS) + 1, 0])
				found = agency.connection.execute('SELECT name FROM "tabEmployee" ORDER BY name').fetchall()
				self.assertEqual([name for (name,) in found], sorted(each.name for each in people))

	def test_attendance_is_that_of_the_period(self):
		one = self.member()
		for day in ("2026-10-30", DAYS[0]):
			self.attended(one, day, "Absent")
		doc = self.exported(kind="Open Tables", format="CSV")
		with tempfile.TemporaryDirectory() as folder:
			lines = (self.unpacked(doc, folder) / "Attendance.csv").read_text().splitlines()
		self.assertEqual([line.split(",")[2] for line in lines[1:]], [DAYS[0]])
