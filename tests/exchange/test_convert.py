"""`mkd convert` makes a folder that `mkd check` reads, and the sample agency comes back from every layout."""

import csv
from dataclasses import replace
from datetime import date
from unittest import TestCase

from click.testing import CliRunner
from mkd_exchange import NIP, OTHER_NIP, SAMPLES, as_text
from mkd_extent import some
from mkd_simulate import TINY, TODAY, TOMORROW, made, temporary_folder, tiny_agency
from mkd_support import the_pack

from mkd_hrms.exchange import profiles
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Gate, Outcome
from mkd_hrms.simulate.check.judging import Question, judge_all
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.sample.layouts import LAYOUTS, write_month

CLOSED = ("MKD Discipline Record", "MKD Suspension", "MKD Agreement")
REGISTERS = [part for table in CLOSED for part in ("--without", table)]
WITH_MACHINE = (
	TINY["Employee.csv"].replace("name,", "attendance_device_id,name,", 1).replace("\nE", "\n7,E", 1)
)


def convert(file, *options, today="2026-11-30"):
	out = temporary_folder() / "out"
	arguments = ["convert", "--in", file, "--out", out, "--today", today, *options]
	return CliRunner().invoke(mkd, list(map(str, arguments))), out


def a_file(lines):
	path = temporary_folder() / "berkas.csv"
	path.write_text(as_text(lines))
	return path


def table(path):
	with path.open(encoding="utf-8-sig", newline="") as file:
		return list(csv.DictReader(file))


def presence(*rows):
	return a_file([["nip", "tanggal", "jenis"], *rows])


class TestConvert(TestCase):
	def test_check_reads_the_folder_of_each_sample(self):
		for path in some(sorted(SAMPLES.glob("good/*"), reverse=True), 4):
			result, out = convert(path)
			with self.subTest(path.name):
				self.assertEqual(result.exit_code, 0, result.output)
				registers = REGISTERS[2:] if path.stem == "siasn-discipline" else REGISTERS
				checked = CliRunner().invoke(
					mkd, ["check", str(out), "--on", "2026-12-01", "--today", "2026-11-30", *registers]
				)
				self.assertEqual(checked.exit_code, 0, checked.output)

	def test_attendance_says_what_the_file_said(self):
		result, out = convert(SAMPLES / "good" / "kmob.csv")
		said = [
			(row["employee"][:4], row["attendance_date"], row["status"])
			for row in table(out / "Attendance.csv")
		]
		self.assertEqual(
			said,
			[
				("1990", "2026-11-23", "Present"),
				("1990", "2026-11-24", "Work From Home"),
				("1985", "2026-11-24", "On Leave"),
				("1995", "2026-11-24", "Present"),
			],
		)
		self.assertIn("4 rows accepted, 0 values rejected.", result.output)

	def test_late_and_early_set_their_marks(self):
		_result, out = convert(SAMPLES / "good" / "recap-long.csv")
		marks = [
			(row["status"], row["late_entry"], row["early_exit"]) for row in table(out / "Attendance.csv")
		]
		self.assertEqual(marks, [("Present", "0", "0"), ("Present", "1", "1"), ("On Leave", "0", "0")])

	def test_only_approved_minutes_count(self):
		_result, out = convert(SAMPLES / "good" / "trk-activities.csv")
		minutes = [
			(row["period_end"], row["productive_minutes"])
			for row in table(out / "MKD Performance Record.csv")
		]
		self.assertEqual(minutes, [("2026-11-30", "150"), ("2026-11-30", "90")])

	def test_boxes_of_the_talent_map_answer_their_gate_outside_a_site(self):
		_result, out = convert(SAMPLES / "good" / "siasn-talent.csv")
		said = [
			(row["employee"], row["year"], row["box"], row["x_axis"], row["y_axis"], row["total_axis"])
			for row in table(out / "MKD Talent Record.csv")
		]
		self.assertEqual(
			said,
			[
				(NIP, "2026", "9", "87.5", "91.0", "178.5"),
				(OTHER_NIP, "2026", "5", "70.0", "68.25", "138.25"),
			],
		)
		policy = replace(the_pack(), gates=frozenset({Gate.TALENT_BOX}), talent_boxes=(9,))
		agency = load(out, today=TODAY, without=CLOSED)
		database, when = DuckDatabase(agency.connection), AsOf(on=TOMORROW, today=TODAY, attendance_from=None)
		judged = judge_all(database, list(read_groups(database)), Question(policy, when), []).people
		answers = {one.person.employee: one.decision.outcome for one in judged}
		self.assertEqual(answers, {NIP: Outcome.ELIGIBLE, OTHER_NIP: Outcome.NOT_ELIGIBLE})

	def test_a_sanction_is_over_after_its_last_day(self):
		_result, out = convert(SAMPLES / "good" / "siasn-discipline.csv")
		said = [
			(row["level"], row["stage"], row["to_date"]) for row in table(out / "MKD Discipline Record.csv")
		]
		self.assertEqual(
			said,
			[
				("Medium", "Ended", "2026-07-09"),
				("Severe", "In Force", "2027-01-09"),
				("Light", "In Force", ""),
			],
		)

	def test_a_machine_finds_the_employees_of_an_agency(self):
		files = dict.fromkeys(("Attendance.csv",)) | {"Employee.csv": WITH_MACHINE.replace("\nE", "\n,E")}
		path = temporary_folder() / "attlog.dat"
		path.write_text("007\t2026-11-24 07:30:00\t1\n8\t2026-11-24 07:31:00\t1\n7\t2026-11-24 16:00:00\t1\n")
		result, out = convert(path, "--agency", tiny_agency(**files))
		self.assertEqual(result.exit_code, 0, result.output)
		said = [
			(row["employee"], row["attendance_date"], row["status"]) for row in table(out / "Attendance.csv")
		]
		self.assertEqual(said, [("E1", "2026-11-24", "Present")])
		(rejected,) = table(out.with_name("out-rejected.csv"))
		self.assertEqual(
			(rejected["row"], rejected["kind"], rejected["written"]), ("2", "unknown_person", "8")
		)
		self.assertTrue((out / "Leave Application.csv").exists())

	def test_an_agency_may_bring_its_own_profile(self):
		shipped = (profiles.FOLDER / "kmob.yaml").read_text(encoding="utf-8")
		mine = temporary_folder() / "mine.yaml"
		mine.write_text(shipped.replace("[Cuti]", "[Cuti, Libur Panjang]"))
		file = presence([NIP, "2026-11-24", "Libur Panjang"])
		self.assertEqual([convert(file, *named)[0].exit_code for named in ((), ("--profile", mine))], [1, 0])
		mine.write_text(shipped.replace("layout: long", "layout: tall"))
		self.assertIn("layout: 'tall' is not one of", convert(file, "--profile", mine)[0].output)

	def test_a_table_that_the_agency_has_is_not_written_twice(self):
		result, out = convert(
			presence(["199001012015032001", "2026-11-24", "WFO"]), "--agency", tiny_agency()
		)
		self.assertEqual((result.exit_code, out.exists()), (1, False))
		self.assertIn("The agency has the table Attendance already: Attendance.csv.", result.output)


class TestWhatIsRejected(TestCase):
	def test_it_stands_beside_the_folder_in_the_language_of_the_reader(self):
		file = presence([NIP, "2026-11-24", "=bolos()"], [OTHER_NIP, "2026-11-24", "WFO"])
		result, out = convert(file, "--language", "id")
		self.assertIn("1 baris diterima, 1 nilai ditolak.", result.output)
		self.assertIn("baris 2, kolom jenis: =bolos() tidak dikenal di sini", result.output)
		(rejected,) = table(out.with_name("out-rejected.csv"))
		self.assertEqual(
			(rejected["row"], rejected["column"], rejected["written"]), ("2", "jenis", "'=bolos()")
		)
		self.assertEqual(
			rejected["what to do"], "Gunakan kata yang dikenal, atau tambahkan kata ini ke profil."
		)

	def test_where_no_row_can_be_used_there_is_no_folder(self):
		result, out = convert(presence([NIP, "2026-11-24", "Bolos"]))
		self.assertEqual((result.exit_code, out.exists()), (1, False))
		self.assertIn("No row of the file can be used.", result.output)
		self.assertEqual(len(table(out.with_name("out-rejected.csv"))), 1)

	def test_a_file_that_cannot_be_read_leaves_nothing(self):
		path = temporary_folder() / "berkas.csv"
		for content in (b"", b"PK\x03\x04", b'"', b"nip;tanggal\n"):
			path.write_bytes(content)
			result, out = convert(path)
			with self.subTest(content):
				self.assertEqual((result.exit_code, list(out.parent.iterdir())), (1, []), result.output)

	def test_a_folder_in_use_is_left_alone(self):
		out = temporary_folder()
		(out / "mine.txt").write_text("mine")
		arguments = ["convert", "--in", str(SAMPLES / "good" / "kmob.csv"), "--out", str(out)]
		result = CliRunner().invoke(mkd, arguments)
		self.assertEqual((result.exit_code, [path.name for path in out.iterdir()]), (2, ["mine.txt"]))


class TestTheSampleAgency(TestCase):
	def test_each_layout_comes_back_as_it_was_written(self):
		connection = made(200)
		query = "SELECT count(*) FROM \"tabEmployee\" WHERE status = 'Active' AND mkd_nip IS NOT NULL"
		(people,) = connection.execute(query).fetchone()
		for layout, name in some(list(LAYOUTS.items()), 2):
			path = temporary_folder() / "berkas"
			write_month(connection, layout, date(2026, 11, 24), path)
			result, out = convert(path, today="2026-11-25")
			with self.subTest(layout):
				self.assertEqual(result.exit_code, 0, result.output)
				self.assertIn(f"({name}, 100 %)", result.output)
				self.assertIn(" 0 values rejected.", result.output)
				# Few are under a sanction, or have days ahead already.
				least = {"hukdis": 0, "schedule": 5}.get(layout, 0.1 * people)
				self.assertGreater(len(table(out / "Employee.csv")), least)
		self.assertEqual(set(LAYOUTS.values()) - set(profiles.names()), set())

	def test_a_layout_replaces_only_itself(self):
		out = temporary_folder()
		arguments = ["sample", "--employees", "200", "--layout", "attlog", "--out", str(out)]
		for more, code in (([], 0), ([], 2), (["--overwrite"], 0), (["--agencies", "2"], 2)):
			self.assertEqual(CliRunner().invoke(mkd, [*arguments, *more]).exit_code, code)
		self.assertEqual([path.name for path in out.iterdir()], ["attlog.dat"])
