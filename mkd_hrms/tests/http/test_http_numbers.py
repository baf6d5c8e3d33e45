"""Numbers that could be read in two ways are refused over HTTP and in files, before the platform reads them in one."""

from tempfile import NamedTemporaryFile

import frappe
from frappe.utils import getdate, now_datetime

from mkd_hrms.tests.support.command_line import bench_command
from mkd_hrms.tests.support.factories import asked, last_year_end
from mkd_hrms.tests.support.http_world import HTTPCase, browser, open_house, subordinate, user_with, week

setUpModule = open_house

RECORD = "MKD Performance Record"
UNCLEAR = (
	("score", "105,5", "no plain number"),
	("score", "1.055", "could mean 1 or 1055"),
	("productive_minutes", "7.000", "could mean 7 or 7000"),
	("productive_minutes", "7,000", "no plain number"),
	("productive_minutes", "90.5", "no whole number"),
	("score", "delapan puluh", "no plain number"),
)


class TestNumbers(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()
		cls.hr = user_with("MKD Officer", "HR Manager", "System Manager")
		cls.client = browser(cls.hr)

	def record(self, **values):
		end = last_year_end(getdate())
		period = {"period_start": f"{end.year}-01-01", "period_end": str(end)}
		return {"doctype": RECORD, "employee": self.employee.name, "source": "TRK", **period, **values}

	def told(self, response, words):
		self.refused(response, words)
		self.assertEqual(response.status_code, 417)

	def test_an_unclear_number_is_refused_with_what_it_could_mean(self):
		before = frappe.db.count(RECORD)
		for field, text, words in UNCLEAR:
			with self.subTest(**{field: text}):
				self.told(self.client.insert(self.record(**{field: text})), words)
		self.assertEqual(frappe.db.count(RECORD), before)

	def test_a_plain_number_is_taken_as_it_is_written(self):
		for score in ("105.5", 105.5, " 105.5 "):
			name = self.ok(self.client.insert(self.record(score=score)))["name"]
			self.addCleanup(self.client.delete, f"/api/resource/{RECORD}/{name}")
			frappe.db.rollback()
			self.assertEqual(frappe.db.get_value(RECORD, name, "score"), 105.5)
		self.told(self.client.set_value(RECORD, name, score="99,5"), "no plain number")

	def test_a_number_out_of_range_is_refused_with_the_range(self):
		for values, words in (
			({"score": 1055}, "goes to 120, and 1055"),
			({"score": -1}, "negative"),
			({"productive_minutes": 700000}, "365 days"),
		):
			with self.subTest(**values):
				self.refused(self.client.insert(self.record(**values)), words)

	def imported(self, *rows):
		"""A file for Data Import, as the form sends it: it is looked at before a row is read."""
		content = "\n".join(",".join(f'"{value}"' for value in row) for row in rows)
		file = self.ok(
			self.client.insert({"doctype": "File", "file_name": "results.csv", "content": content})
		)
		self.addCleanup(self.client.delete, f"/api/resource/File/{file['name']}")
		form = {"reference_doctype": RECORD, "import_type": "Insert New Records"}
		return self.client.insert({"doctype": "Data Import", "import_file": file["file_url"], **form})

	def test_a_file_with_an_unclear_number_is_refused_with_row_and_column(self):
		head = ("employee", "source", "period_start", "period_end", "score", "productive_minutes")
		row = (self.employee.name, "TRK", "2025-01-01", "2025-12-31")
		response = self.imported(head, (*row, "95.5", "7000"), (*row, "105,5", "7.000"))
		self.told(response, "could mean 7 or 7000")
		for words in ("Row 3, Score", "Row 3, Productive Minutes"):
			self.assertIn(words, response.text)
		self.assertNotIn("Row 2", response.text)
		name = self.ok(self.imported(head, (*row, "95.5", "7000")))["name"]
		self.addCleanup(self.client.delete, f"/api/resource/Data Import/{name}")

	def test_so_is_one_on_the_command_line_and_a_plain_one_is_imported(self):
		end = last_year_end(getdate())
		head = "employee,source,period_start,period_end,score"
		row = f"{self.employee.name},TRK,{end.year}-01-01,{end}"
		before = frappe.db.count(RECORD)
		code, output = self.command(f'{head}\n{row},"105,5"\n')
		self.assertNotEqual(code, 0, output)
		self.assertIn("105,5 is no plain number", output)
		frappe.db.rollback()
		self.assertEqual(frappe.db.count(RECORD), before)
		code, output = self.command(f"{head}\n{row},105.5\n")
		self.assertEqual(code, 0, output)
		frappe.db.rollback()
		(name,) = frappe.get_all(RECORD, {"employee": self.employee.name, "score": 105.5}, pluck="name")
		frappe.delete_doc(RECORD, name)
		frappe.db.commit()

	def command(self, content):
		"""What `bench data-import` answers, in a process of its own."""
		with NamedTemporaryFile("w", suffix=".csv") as file:
			file.write(content)
			file.flush()
			arguments = ["data-import", "--file", file.name, "--doctype", RECORD, "--type", "Insert"]
			done = bench_command(*arguments)
		return done.returncode, done.stdout + done.stderr

	def test_planned_minutes_of_a_goal_are_looked_at_and_other_numbers_of_the_platform_are_not(self):
		year = getdate().year
		goal = {"doctype": "Goal", "goal_name": "Naskah", "employee": self.employee.name}
		goal |= {"start_date": f"{year}-01-01", "end_date": f"{year}-12-31"}
		self.told(self.client.insert(goal | {"mkd_target_minutes": "1.500"}), "could mean 1 or 1500")
		name = self.ok(self.client.insert(goal | {"mkd_target_minutes": "1500", "progress": "7.000"}))["name"]
		self.addCleanup(self.client.delete, f"/api/resource/Goal/{name}")
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value("Goal", name, "mkd_target_minutes"), 1500)
		checkin = {"doctype": "Employee Checkin", "employee": self.employee.name, "log_type": "IN"}
		checkin |= {"time": str(now_datetime()), "mkd_accuracy": "15,5"}
		self.told(self.client.insert(checkin), "no plain number")

	def test_a_nip_that_was_sent_as_a_number_is_told_so(self):
		response = self.client.set_value("Employee", self.employee.name, mkd_nip=198001012010011001)
		self.told(response, "sent as a number")

	def test_a_place_may_have_three_decimals_but_no_comma(self):
		applicant = browser(self.employee.user_id)
		where = {"place_latitude": "-6.917", "place_longitude": "107.619"}
		name = self.ok(applicant.insert(asked(self.employee, week()[:1], **where)))["name"]
		frappe.db.rollback()
		found = frappe.db.get_value("MKD Request", name, "place_longitude")
		self.assertEqual(found, 107.619)
		self.told(applicant.set_value("MKD Request", name, place_latitude="-6,917"), "no plain number")
