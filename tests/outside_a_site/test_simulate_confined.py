"""What stands in a file from elsewhere is never a statement, and whoever reads it opens nothing but the files meant."""

import shutil

from mkd_damages import changed, more
from mkd_foreign_files import COMPANY, FilesTest, check
from mkd_simulate import parquet, temporary_folder, tiny_agency, touched_agency

from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.loader import load


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
				self.assertEqual(self.value(COMPANY, **{"Company.csv": text}), "Libur 2026")
				content = parquet(
					f"SELECT 'Pemda' AS name, 1 AS {quoted}, 'Libur 2026' AS default_holiday_list"
				)
				files = {"Company.csv": None, "Company.parquet": content}
				self.assertEqual(self.value(COMPANY, **files), "Libur 2026")
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
