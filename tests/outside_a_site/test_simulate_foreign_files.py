"""Content as other programs and people write it: what is meant is read, and what might be overlooked stops."""

from datetime import date, datetime, timedelta

from mkd_damages import as_workbook, changed, rewritten, workbook
from mkd_foreign_files import (
	COMPANY,
	NIPS,
	OF_THE_TINY_AGENCY,
	REGISTER,
	SANCTIONED,
	FilesTest,
	check,
	rows_of,
)
from mkd_simulate import TINY, TODAY, parquet, tiny_agency, touched_agency

from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.newest_day import newest_of
from mkd_hrms.simulate.files.problems import BadFiles


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
				self.assertEqual(self.value(COMPANY, **{"Company.csv": text}), "Libur 2026")

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
