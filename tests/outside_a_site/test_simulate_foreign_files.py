"""Files as other programs and people write them: what is meant is read, and what might be overlooked stops."""

import csv
import io
import shutil
from datetime import date, datetime, timedelta
from unittest import TestCase

from click.testing import CliRunner
from mkd_damages import as_workbook, changed, more, rewritten, workbook
from mkd_simulate import TINY, TODAY, TOMORROW, judge, parquet, temporary_folder, tiny_agency, touched_agency
from mkd_support import the_pack

from mkd_hrms.policy.model import Gate
from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.found_files import nearest_table
from mkd_hrms.simulate.files.headings import meanings
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.newest_day import newest_of
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES
from mkd_hrms.simulate.files.tables_platform import LABELS, STANDARD
from mkd_hrms.simulate.output.language import language

REGISTER = "MKD Discipline Record"
SANCTIONED = f"{TINY[f'{REGISTER}.csv']}R1,E1,Severe,In Force,2026-11-02,2027-11-01,1\n"
NIPS = "SELECT list(mkd_nip ORDER BY name) FROM \"tabEmployee\" WHERE status = 'Active'"
OF_THE_TINY_AGENCY = ["199001012015032001", "199001012015031002"]


def check(folder, *options):
	return CliRunner().invoke(mkd, ["check", str(folder), "--on", str(TOMORROW), *map(str, options)])


def rows_of(text):
	return list(csv.reader(io.StringIO(text)))


class FilesTest(TestCase):
	def value(self, query, **files):
		return load(touched_agency(**files)).connection.execute(query).fetchone()[0]

	def sanctioned(self, **files):
		"""Who is refused because of a sanction."""
		people = judge(tiny_agency(**files), the_pack()).people
		return [one.person.employee for one in people if Gate.DISCIPLINE in one.decision.failed]


class TestHiddenRows(FilesTest):
	def test_every_row_of_a_sheet_is_read_whatever_the_workbook_says_of_its_size(self):
		book = workbook(REGISTER, *rows_of(SANCTIONED))
		for size in ("A1:G1", "A1", "A1:C2", "B7:G9"):
			with self.subTest(size):
				content = rewritten(book, "sheet1.xml", 'ref="A1:G2"', f'ref="{size}"')
				files = {f"{REGISTER}.csv": None, f"{REGISTER}.xlsx": content}
				self.assertEqual(self.sanctioned(**files), ["E1"])

	def test_rows_without_anything_are_none_and_those_below_keep_their_number(self):
		holidays = TINY["Holiday.csv"]
		below = "Libur 2026,2026-13-01,Salah\n"
		for empty in ("\n", ",,\n", "\n,,\n\n", " , ,\n"):
			with self.subTest(empty):
				count = self.value(
					'SELECT count(*) FROM "tabHoliday"', **{"Holiday.csv": holidays + empty * 3}
				)
				self.assertEqual(count, 1)
				row = 3 + len(empty.splitlines())
				with self.assertRaisesRegex(BadFiles, f"Holiday.csv, row {row}, column holiday_date"):
					load(touched_agency(**{"Holiday.csv": holidays + empty + below}))

	def test_coloured_rows_of_a_sheet_are_none(self):
		rows = [*rows_of(TINY["Holiday.csv"]), ["", None, " "], [], ["Libur 2026", "2026-12-26", "Cuti"]]
		files = {"Holiday.csv": None, "Holiday.xlsx": workbook("Holiday", *rows)}
		self.assertEqual(self.value('SELECT max(_row) FROM "tabHoliday"', **files), 5)
		self.assertEqual(self.value('SELECT count(*) FROM "tabHoliday"', **files), 2)

	def test_a_workbook_that_breaks_off_within_a_sheet_is_refused(self):
		content = rewritten(
			workbook("Holiday", *rows_of(TINY["Holiday.csv"])), "sheet1.xml", "</sheetData>", ""
		)
		with self.assertRaisesRegex(BadFiles, "Holiday.xlsx: no readable workbook"):
			load(touched_agency(**{"Holiday.csv": None, "Holiday.xlsx": content}))

	def test_a_workbook_with_entities_of_its_own_is_refused(self):
		bomb = '<!DOCTYPE x [<!ENTITY a "Libur 2026">]><worksheet'
		content = rewritten(
			workbook("Holiday", *rows_of(TINY["Holiday.csv"])), "sheet1.xml", "<worksheet", bomb
		)
		with self.assertRaisesRegex(BadFiles, "Holiday.xlsx: no readable workbook"):
			load(touched_agency(**{"Holiday.csv": None, "Holiday.xlsx": content}))


class TestNearNames(FilesTest):
	NEAR = (
		"MKD_Discipline_Record.csv",
		"MKD Discipline Record (1).csv",
		"MKD Discipline Record.CSV",
		"MKD Discipline Record.xls",
		"MKD Discipline Record.Parquet",
		"mkd discipline record.xlsx",
		"tabMKD Discipline Record.csv",
		"Salinan MKD Discipline Record - Copy (2).csv",
		"Discipline Record 2026-11-24.csv",
		"MKD Disciplin Records.csv",
		"Catatan Disiplin MKD.xlsx",
	)

	def test_a_name_that_is_nearly_a_tables_stops_the_command(self):
		for name in self.NEAR:
			with self.subTest(name):
				folder = tiny_agency(**{f"{REGISTER}.csv": None, name: SANCTIONED})
				result = check(folder, "--quiet")
				self.assertEqual(result.exit_code, 1, result.output)
				self.assertIn(
					f"{name}: the file is not read, but its name is nearly that of {REGISTER}.", result.output
				)

	def test_other_tables_and_other_files_are_only_noted(self):
		for name in (
			*(
				"Employee Checkin.csv",
				"Employee Grade.csv",
				"Leave Type.csv",
				"Leave Period.xlsx",
				"MKD Policy.csv",
			),
			*("Training Program.csv", "readme.txt", "report.html", "people.csv", "2026.csv", "data.csv"),
		):
			self.assertIsNone(nearest_table(name), name)
		folder = tiny_agency(
			**{"Employee Checkin.csv": "name\n", "~$Employee.xlsx": b"x", ".Employee.csv": b"x"}
		)
		notes = [str(note) for note in load(folder).notes]
		self.assertIn("Employee Checkin.csv: not read, it is no table of the rules.", notes)
		self.assertFalse([note for note in notes if "$" in note or note.startswith(".")])

	def test_every_table_is_nearest_to_itself(self):
		for table in TABLES:
			for name in (f"{table.name}.xls", f"{table.name.lower().replace(' ', '_')}.csv"):
				self.assertEqual(nearest_table(name), table.name)

	def test_a_folder_that_is_named_like_a_text_is_no_table(self):
		folder = tiny_agency(**{"Holiday.csv": None})
		(folder / "Holiday.csv").mkdir()
		with self.assertRaisesRegex(BadFiles, "Holiday.csv: the file is not read"):
			load(folder)

	def test_a_folder_of_parquet_files_holds_nothing_else(self):
		for name, stops in (
			("002.PARQUET", True),
			("002.csv", True),
			("more", True),
			("_SUCCESS", False),
			(".crc", False),
		):
			with self.subTest(name):
				folder = tiny_agency(**{"Holiday.csv": None})
				(folder / "Holiday.parquet").mkdir()
				rows = "SELECT 'Libur 2026' AS parent, DATE '2026-12-25' AS holiday_date"
				(folder / "Holiday.parquet" / "001.parquet").write_bytes(parquet(rows))
				(folder / "Holiday.parquet" / name).write_bytes(b"")
				result = check(folder, "--today", TODAY)
				self.assertEqual(result.exit_code, int(stops), result.output)
				self.assertEqual(f"Holiday.parquet/{name}: the file is not read" in result.output, stops)

	def test_a_closed_register_without_a_file_stops_unless_it_is_said_to_be_empty(self):
		for name in (REGISTER, "MKD Suspension", "MKD Agreement"):
			with self.subTest(name):
				folder = tiny_agency(**{f"{name}.csv": None})
				result = check(folder, "--quiet")
				self.assertEqual(result.exit_code, 1)
				self.assertIn(f'--without "{name}"', result.output)
				self.assertEqual(check(folder, "--quiet", "--without", name).exit_code, 0)
				self.assertEqual(check(folder, "--without", "Employee").exit_code, 2)

	def test_what_is_said_to_be_empty_may_lie_under_a_near_name(self):
		folder = tiny_agency(**{f"{REGISTER}.csv": None, "MKD_Discipline_Record.csv": SANCTIONED})
		result = check(folder, "--without", REGISTER)
		self.assertEqual(result.exit_code, 0, result.output)
		self.assertIn("MKD_Discipline_Record.csv: not read", result.output)


class TestTheDay(FilesTest):
	def agency(self, *more_rows, people=6):
		"""Some people who attended on every working day of five weeks up to 20 November 2026."""
		days = [date(2026, 10, 19) + timedelta(days=n) for n in range(33)]
		rows = [
			f"A{person}-{day},E1,{day},Present,0,0,1"
			for day in days
			if day.weekday() < 5
			for person in range(people)
		]
		header = TINY["Attendance.csv"].splitlines()[0]
		return tiny_agency(**{"Attendance.csv": "\n".join((header, *rows, *more_rows)) + "\n"})

	def test_one_punch_of_another_year_does_not_move_the_day(self):
		folder = self.agency("X1,E1,2063-03-01,Present,0,0,1")
		result = check(folder)
		self.assertEqual(result.exit_code, 1)
		self.assertIn(
			"2063-03-01 lies far ahead of all other attendance, which ends on 2026-11-20", result.output
		)
		self.assertIn("row 152, column attendance_date", result.output)
		self.assertEqual(check(folder, "--today", "2026-11-21").exit_code, 0)

	def test_one_punch_of_next_month_does_not_move_the_day_and_is_noted(self):
		result = check(self.agency("X1,E1,2026-12-14,Present,0,0,1"), "--on", "2026-11-24")
		self.assertEqual(result.exit_code, 0, result.output)
		self.assertIn("as known on 2026-11-21", result.output)
		self.assertIn("Attendance.csv: 1 rows lie after 20 November 2026", result.output)

	def test_half_a_day_of_leave_ahead_is_no_damage(self):
		result = check(self.agency("X1,E1,2027-02-01,Half Day,0,0,1"), "--on", "2026-11-24")
		self.assertIn("as known on 2026-11-21", result.output)

	def test_the_newest_day_of_the_bulk(self):
		day = date(2026, 11, 20)
		usual = {day - timedelta(days=n): 100 for n in range(200)}
		after_an_outage = {day + timedelta(days=60 + n): 100 for n in range(5)}
		for counts, newest in (
			({}, None),
			({day: 1}, day),
			(usual, day),
			(usual | {day: 55}, day),
			(usual | {day: 3}, day - timedelta(days=1)),
			(usual | {day + timedelta(days=20): 2}, day),
			(usual | {day + timedelta(days=365 * n): 1 for n in range(1, 30)}, day),
			(usual | {day + timedelta(days=400 + n): 1 for n in range(90)}, day),
			(
				{at: count // 20 if at > day - timedelta(days=60) else count for at, count in usual.items()},
				day,
			),
			(
				{
					at: 100
					for at in (*usual, *after_an_outage, *(day + timedelta(days=65 + n) for n in range(20)))
				},
				day + timedelta(days=84),
			),
			({day - timedelta(days=n): 1 for n in range(30)} | {date(2063, 1, 1): 1}, day),
		):
			with self.subTest(len(counts), newest=newest):
				self.assertEqual(newest_of(counts), newest)


class TestNumbers(FilesTest):
	def test_a_nip_is_read_without_blanks_and_without_an_apostrophe(self):
		for written in (
			"19900101 201503 2 001",
			"'199001012015032001",
			"\u2019199001012015032001",
			"199001012015032001\u00a0",
			" 19900101\u2009201503 2 001 ",
		):
			texts = changed("Employee.csv", OF_THE_TINY_AGENCY[0], written)
			rows = "SELECT 'E1' AS name, 'Active' AS status, 'Pemda' AS company, NULL AS department, 'PNS' AS employment_type,"
			rows += (
				f" DATE '2015-03-01' AS date_of_joining, '{written.replace(chr(39), chr(39) * 2)}' AS mkd_nip"
			)
			rows += f" UNION ALL SELECT 'E2', 'Active', 'Pemda', NULL, 'PNS', DATE '2015-03-01', '{OF_THE_TINY_AGENCY[1]}'"
			for files, expected in (
				(texts, OF_THE_TINY_AGENCY),
				(as_workbook("Employee.csv", text=texts["Employee.csv"]), OF_THE_TINY_AGENCY),
				({"Employee.csv": None, "Employee.parquet": parquet(rows)}, OF_THE_TINY_AGENCY),
			):
				with self.subTest(written, files=list(files)):
					self.assertEqual(self.value(NIPS, **files), expected)

	def test_the_person_of_a_day_is_read_like_the_nip(self):
		files = changed("MKD Day.csv", "D1,E1,199001012015032001", "D1,E1,'19900101 201503 2 001")
		self.assertEqual(self.value('SELECT count(DISTINCT person) FROM "tabMKD Day"', **files), 1)

	def test_a_whole_number_of_a_parquet_file_has_all_its_digits(self):
		rows = "SELECT 'E1' AS name, 'Active' AS status, 'Pemda' AS company, NULL AS department, 'PNS' AS employment_type,"
		first, second = OF_THE_TINY_AGENCY
		rows += f" DATE '2015-03-01' AS date_of_joining, {first}::BIGINT AS mkd_nip"
		rows += f" UNION ALL SELECT 'E2', 'Active', 'Pemda', NULL, 'PNS', DATE '2015-03-01', {second}::BIGINT"
		files = {"Employee.csv": None, "Employee.parquet": parquet(rows)}
		self.assertEqual(self.value(NIPS, **files), OF_THE_TINY_AGENCY)

	def test_a_number_of_a_workbook_is_what_it_is(self):
		query = 'SELECT max(score) FROM "tabMKD Performance Record"'
		for number in (118, 118.0, 7, 95.5, 4.583, 0.001, 99.12345, 1000):
			with self.subTest(number):
				files = as_workbook("MKD Performance Record.csv", {"score": lambda cell, n=number: n})
				self.assertEqual(self.value(query, **files), number)

	def test_three_decimals_are_taken_where_the_column_shows_its_point_or_has_numbers(self):
		file, query = "MKD Performance Record", 'SELECT max(score) FROM "tabMKD Performance Record"'
		beside = TINY[f"{file}.csv"] + "P3,E2,TRK,2024-01-01,2024-12-31,,1,{},1\n"
		record = (
			"'P1' AS name, 'E1' AS employee, 'TRK' AS source, DATE '2026-10-31' AS period_end, 1 AS docstatus"
		)
		for files, expected in (
			({f"{file}.csv": beside.format("99.125")}, 99.125),
			({f"{file}.csv": TINY[f"{file}.csv"].replace("95.5", "0.125")}, 0.125),
			(as_workbook(f"{file}.csv", {"score": lambda cell: 7.125}), 7.125),
			(
				{
					f"{file}.csv": None,
					f"{file}.parquet": parquet(f"SELECT {record}, 7.125::DECIMAL(18, 3) AS score"),
				},
				7.125,
			),
			(
				{f"{file}.csv": None, f"{file}.parquet": parquet(f"SELECT {record}, 7.125::DOUBLE AS score")},
				7.125,
			),
		):
			with self.subTest(list(files)):
				self.assertEqual(self.value(query, **files), expected)


class TestTexts(FilesTest):
	COMPANY = 'SELECT default_holiday_list FROM "tabCompany"'

	def test_headings_over_several_lines_a_named_delimiter_utf_16_and_a_delimiter_at_the_end(self):
		plain = TINY["Company.csv"]
		for text in (
			'"name","default_\nholiday_list"\nPemda,Libur 2026\n'.replace("_\n", "_"),
			'name,"Default\nHoliday List"\nPemda,Libur 2026\n',
			'name,"Default\r\nHoliday  List"\r\nPemda,Libur 2026\r\n',
			"sep=;\n" + plain.replace(",", ";"),
			"sep=,\r\n" + plain.replace("\n", "\r\n"),
			("\ufeff" + plain).encode("utf-16-le"),
			("\ufeff" + plain.replace(",", "\t").replace("\n", "\r\n")).encode("utf-16-be"),
			"name;default_holiday_list;\nPemda;Libur 2026\n",
			"name;default_holiday_list;\nPemda;Libur 2026;\n",
			"name;default_holiday_list\nPemda;Libur 2026;;\n",
			"\n\n" + plain,
			'"name";"default_holiday_list";"a, b, c, d"\nPemda;Libur 2026;x\n',
		):
			with self.subTest(text):
				self.assertEqual(self.value(self.COMPANY, **{"Company.csv": text}), "Libur 2026")

	def test_a_value_that_has_no_heading_is_not_passed_over(self):
		with self.assertRaisesRegex(BadFiles, "Company.csv, row 2: .* it has too many fields"):
			load(touched_agency(**{"Company.csv": "name,default_holiday_list,\nPemda,Libur 2026,2026\n"}))

	def test_rows_are_counted_as_a_spreadsheet_does(self):
		lines = 'name,employee,"attendance\n_date",status,docstatus\n'.replace("\n_", "_")
		for before in ("", "sep=,\n"):
			text = f'{before}{lines}"A\n1",E1,2026-11-23,Present,1\n\nA2,E1,tomorrow,Present,1\n'
			with self.assertRaisesRegex(BadFiles, "row 4, column attendance_date: tomorrow is no date"):
				load(touched_agency(**{"Attendance.csv": text}))

	def test_a_date_with_midnight_is_a_date_in_every_form(self):
		for written in ("2026-12-25 00:00", "2026-12-25T00:00:00", "2026-12-25 00:00:00.000000"):
			files = changed("Holiday.csv", "2026-12-25", written)
			self.assertEqual(self.value('SELECT holiday_date FROM "tabHoliday"', **files), date(2026, 12, 25))
		midnight = as_workbook("Holiday.csv", {"holiday_date": datetime.fromisoformat})
		self.assertEqual(self.value('SELECT holiday_date FROM "tabHoliday"', **midnight), date(2026, 12, 25))


class TestExportsOfTheDesk(FilesTest):
	def labelled(self, table, code):
		"""The header of a table as the Desk writes it."""
		labels = STANDARD | LABELS.get(table, {})
		header = TINY[f"{table}.csv"].splitlines()[0].split(",")
		return [
			language(code).translate(labels[name], table) if name != "docstatus" else name for name in header
		]

	def test_a_report_with_labels_is_read_in_both_languages(self):
		indonesian = [
			"ID",
			"Nama Lengkap",
			"NIP",
			"Status",
			"Perusahaan",
			"Departemen",
			"Penunjukan",
			"Jenis Pekerjaan",
		]
		indonesian += ["Tanggal Bergabung", "Menghilangkan Tanggal"]
		_header, *rows = rows_of(TINY["Employee.csv"])
		for labels in (self.labelled("Employee", "en"), indonesian):
			numbered = [["Sr", *labels], *([str(n), *row] for n, row in enumerate(rows, 1))]
			text = io.StringIO()
			csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(numbered)
			book = workbook("Employee", *numbered)
			for files in ({"Employee.csv": text.getvalue()}, {"Employee.csv": None, "Employee.xlsx": book}):
				with self.subTest(labels=labels[1], files=list(files)):
					self.assertEqual(self.value(NIPS, **files), OF_THE_TINY_AGENCY)

	def test_a_parquet_file_may_have_labels_too(self):
		content = parquet("SELECT 'Pemda' AS \"ID\", 'Libur 2026' AS \"Default Holiday List\"")
		files = {"Company.csv": None, "Company.parquet": content}
		self.assertEqual(self.value(TestTexts.COMPANY, **files), "Libur 2026")

	def test_every_label_means_one_column(self):
		for table in TABLES:
			for name, label in {**LABELS.get(table.name, {}), "name": "ID"}.items():
				if name in {column.name for column in table.columns}:
					self.assertEqual(meanings(table, label), (name,), (table.name, label))

	def test_our_own_labels_are_those_of_the_forms(self):
		table = BY_NAME["MKD Suspension"]
		for heading in ("Lifted On", "lifted on", "Dicabut Lebih Awal pada", "lifted_on"):
			self.assertEqual(meanings(table, heading), ("lifted_on",))

	def test_a_heading_that_may_be_two_columns_means_the_one_that_no_other_heading_names(self):
		rows = TINY["MKD Suitability.csv"].split("\n", 1)[1]
		text = f"ID,Keputusan tentang,Nama,Penetapan,Berlaku Mulai\n{rows}"
		query = 'SELECT reference_name FROM "tabMKD Suitability"'
		self.assertEqual(self.value(query, **{"MKD Suitability.csv": text}), "Analis")

	def test_a_sanction_under_labels_counts(self):
		for labels in (
			"ID,Employee,Level,Stage,From Date,To Date,docstatus",
			"ID,Pegawai,Tingkat,Tahap,Dari Tanggal,Sampai Tanggal,docstatus",
		):
			text = SANCTIONED.replace(TINY[f"{REGISTER}.csv"], f"{labels}\n")
			self.assertEqual(self.sanctioned(**{f"{REGISTER}.csv": text}), ["E1"])

	def test_an_export_of_data_says_itself_where_its_rows_begin(self):
		for named, begin in (
			("Column Name:", "Start entering data below this line"),
			("Kolom Nama:", "Mulai memasukkan data di bawah garis ini"),
		):
			text = (
				'"Data Import Template"\n"Table:","Holiday List"\n""\n""\n"Notes:"\n""\n'
				'"DocType:","Holiday List","","","~","Holiday","holidays",""\n'
				'"Column Labels:","ID","From Date","To Date","","ID","Date","Description"\n'
				f'"{named}","name","from_date","to_date","~","name","holiday_date","description"\n'
				'"Mandatory:","Yes","Yes","Yes","","Yes","Yes",""\n"Type:","Data","Date","Date","","Data","Date",""\n'
				f'"Info:","","2026-12-31","2026-12-31","","","2026-12-31",""\n"{begin}"\n'
				'"","""Libur 2026""","2026-01-01","2026-12-31","","a1","2026-12-25","Natal"\n'
				'"","","","","","a2","2026-12-26","Cuti"\n'
			)
			query = 'SELECT count(*) + max(year(to_date)) FROM "tabHoliday List"'
			self.assertEqual(self.value(query, **{"Holiday List.csv": text}), 2027)
			rows = [row or [None] for row in rows_of(text)]
			files = {"Holiday List.csv": None, "Holiday List.xlsx": workbook("Data Import Template", *rows)}
			self.assertEqual(self.value(query, **files), 2027)
			with self.assertRaisesRegex(BadFiles, "row 16: .* something stands before its columns"):
				load(touched_agency(**{"Holiday List.csv": text + '"x","Lain","2026-01-01","2026-12-31"\n'}))


class TestOutsideTheFiles(FilesTest):
	def test_a_superior_outside_the_files_is_noted(self):
		text = (
			TINY["Employee.csv"]
			.replace("relieving_date\n", "relieving_date,reports_to\n")
			.replace("2015-03-01,\n", "2015-03-01,,KADIS\n")
		)
		text = text.replace("2026-06-30\n", "2026-06-30,E1\n")
		folder = tiny_agency(**{"Employee.csv": text})
		notes = [str(note) for note in load(folder).notes]
		self.assertIn(
			"Employee.csv: 1 in reports_to are not among the files, such as KADIS; nothing is asked of them.",
			notes,
		)
		self.assertEqual(check(folder, "--today", TODAY).exit_code, 0)


class TestNamesAndStatements(FilesTest):
	def test_a_heading_is_never_part_of_a_statement(self):
		for heading in (
			"it's",
			'it\'s "so"',
			'a"b',
			"x'}, delim=';') --",
			"{'name': 'VARCHAR'}",
			"_row",
			"c0",
			"back\\slash",
			"é",
		):
			quoted = '"' + heading.replace('"', '""') + '"'
			with self.subTest(heading):
				text = f"name,{quoted},default_holiday_list\nPemda,1,Libur 2026\n"
				self.assertEqual(self.value(TestTexts.COMPANY, **{"Company.csv": text}), "Libur 2026")
				content = parquet(
					f"SELECT 'Pemda' AS name, 1 AS {quoted}, 'Libur 2026' AS default_holiday_list"
				)
				files = {"Company.csv": None, "Company.parquet": content}
				self.assertEqual(self.value(TestTexts.COMPANY, **files), "Libur 2026")
				notes = [str(note) for note in load(touched_agency(**{"Company.csv": text})).notes]
				self.assertIn(f"Company.csv: not read: {heading}.", notes)

	def test_no_other_file_is_read_once_the_files_are_open(self):
		elsewhere, folder = tiny_agency(), touched_agency(**changed("Holiday.csv", "Natal", "Libur"))
		(folder / "catatan.csv").write_text("name\nrahasia\n")
		connection = load(folder).connection
		for statement in (
			f"SELECT * FROM read_text('{elsewhere / 'Employee.csv'}')",
			f"SELECT * FROM read_text('{folder / 'catatan.csv'}')",
			f"COPY (SELECT 1) TO '{elsewhere / 'out.csv'}'",
			"SET enable_external_access = true",
		):
			with self.subTest(statement), self.assertRaises(Exception) as caught:
				connection.execute(statement)
			self.assertRegex(str(caught.exception), "disabled|locked")
		connect().execute(f"SELECT * FROM read_text('{elsewhere / 'Employee.csv'}')")

	def test_nor_when_a_loaded_agency_is_opened_again(self):
		store, elsewhere = temporary_folder() / "agency.duckdb", tiny_agency()
		agency = load(tiny_agency(), store=store)
		agency.connection.close()
		connection = connect(store, read_only=True, within=agency.reads, threads=1)
		self.assertEqual(connection.execute('SELECT count(*) FROM "tabEmployee"').fetchone(), (3,))
		with self.assertRaisesRegex(Exception, "disabled"):
			connection.execute(f"SELECT * FROM read_text('{elsewhere / 'Employee.csv'}')")

	def test_a_folder_may_be_called_like_a_pattern(self):
		content = parquet("SELECT 'Pemda' AS name, 'Libur 2026' AS default_holiday_list")
		other = parquet("SELECT 'Lain' AS name, 'Libur 2025' AS default_holiday_list")
		for name in ("data[1]", "data*", "da?a"):
			folder = tiny_agency(**{"Company.csv": None, "Company.parquet": content})
			(folder.parent / f"{folder.name} data1").mkdir()
			(folder.parent / f"{folder.name} data1" / "Company.parquet").write_bytes(other)
			with self.subTest(name):
				renamed = folder.rename(folder.parent / f"{folder.name} {name}")
				self.addCleanup(shutil.rmtree, renamed)
				self.addCleanup(shutil.rmtree, folder.parent / f"{folder.name} data1")
				found = load(renamed).connection.execute('SELECT name FROM "tabCompany"').fetchall()
				self.assertEqual(found, [("Pemda",)])

	def test_all_that_is_wrong_stays_in_its_order(self):
		files = more("Attendance.csv", "A9,E9,2026-11-24,Alpa,0,0,1\n") | {
			"Employees.csv": "x",
			"Holidays.csv": "x",
		}
		said = {check(tiny_agency(**files), "--language", code).output for code in ("en", "en", "id")}
		self.assertEqual(len(said), 2)
