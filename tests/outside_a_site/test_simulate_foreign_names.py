"""Names as other programs and people write them, of files and of columns: each means one, or the command stops."""

import csv
import io

from mkd_damages import workbook
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

from mkd_hrms.simulate.files.found_files import nearest_table
from mkd_hrms.simulate.files.headings import meanings
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES
from mkd_hrms.simulate.files.tables_platform import LABELS, STANDARD
from mkd_hrms.simulate.output.language import language


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
		self.assertEqual(self.value(COMPANY, **files), "Libur 2026")

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
