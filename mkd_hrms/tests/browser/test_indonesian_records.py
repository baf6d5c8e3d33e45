"""Files, registers, charts and calendars as clerks read them in Indonesian, at a desk and on a telephone: no word of the source code,
nothing cut off, no number that reads as another one."""

import re

import frappe

from mkd_hrms.constants import AGREEMENT, EXPORT, IMPORT, POLICY, REQUEST, TALENT_RECORD
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import head, officer, open_house, subordinate, week
from mkd_hrms.tests.support.import_case import attached, fresh_nip, kmob, talent
from mkd_hrms.tests.support.import_form_case import ImportForm
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.world import COMPANY

BOTH = (DESK, TELEPHONE)
# A name of a field in the place of its label.
CODE = re.compile(r"\b[a-z]+(_[a-z]+)*: ")


def setUpModule():
	needed()
	open_house()


def speaking(user):
	"""The user, who reads Indonesian from now on."""
	frappe.db.set_value("User", user, "language", "id")
	frappe.clear_cache(user=user)
	frappe.db.commit()
	return user


class TestFiles(ImportForm):
	def setUp(self):
		super().setUp()
		speaking(self.officer)

	def looked_at(self, content, name="berkas.csv"):
		"""An import that the officer has checked."""
		values = {"company": COMPANY, "file": attached(content, self.officer, name)}
		with acting_as(self.officer):
			doc = frappe.get_doc({"doctype": IMPORT, **values}).insert()
			doc.check_file()
		frappe.db.commit()
		return doc.name

	def shown(self, name, viewport):
		page = self.document(self.officer, viewport, IMPORT, name)
		self.fits(page)
		return page

	def test_what_a_record_will_say_is_said_in_the_readers_words_at_both_widths(self):
		one = self.member()
		boxes = self.looked_at(talent((one.mkd_nip, self.day.year, 7, "80,5", "70", "150,5")))
		presence = self.looked_at(kmob((one.mkd_nip, self.day, "Terlambat", "08:40", "16:05")))
		said = {
			boxes: ("Kotak: 7", "Sumbu X: "),
			presence: ("Status: Hadir", "Terlambat: Ya", "Masuk: 08:40"),
		}
		for name, words in said.items():
			for viewport in BOTH:
				with self.subTest(words[0], width=viewport["width"]):
					page = self.shown(name, viewport)
					row = page.locator(".mkd-preview tr:has(td)").inner_text()
					for word in (*words, one.mkd_nip, one.employee_name):
						self.assertIn(word, row)
					self.assertNotRegex(row, CODE)
					self.assertEqual(self.problems, [])

	def test_each_message_begins_a_line(self):
		name = self.looked_at(kmob(*((fresh_nip(), self.day, "WFO") for _ in range(3))))
		page = self.shown(name, DESK)
		told = page.locator("[data-fieldname='problems'] .control-value").inner_text()
		self.assertEqual(len(told.splitlines()), 4, told)

	def test_a_file_of_which_nothing_can_be_used_is_not_to_be_checked_again(self):
		page = self.shown(self.looked_at(b"a;b\n1;2\n"), TELEPHONE)
		told = page.locator("[data-fieldname='preview_table']").inner_text()
		self.assertIn("Berkas ini belum dapat dipakai", told)
		self.assertNotIn("Periksa berkas", told)

	def test_what_was_applied_has_no_button_that_saves(self):
		name = self.looked_at(kmob((self.member().mkd_nip, self.day, "WFO")))
		page = self.shown(name, DESK)
		self.assertEqual(page.locator(".primary-action:visible").count(), 1)
		frappe.db.set_value(IMPORT, name, "status", "Applied")
		frappe.db.commit()
		page = self.shown(name, DESK)
		self.assertEqual(page.locator(".primary-action:visible").count(), 0)

	def test_an_export_is_called_what_it_is_and_its_file_is_one_tap_away(self):
		values = {"doctype": EXPORT, "kind": "Monthly Recap", "format": "CSV", "company": COMPANY}
		with acting_as(self.officer):
			export = frappe.get_doc({**values, "from_date": self.day, "to_date": self.day}).insert()
		export.db_set({"status": "Completed", "written_file": "/private/files/rekap.csv"})
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, EXPORT, export.name)
		frappe.db.commit()
		for viewport in BOTH:
			with self.subTest(width=viewport["width"]):
				page = self.open(self.officer, viewport, f"mkd-export/view/list?company={COMPANY}")
				row = page.locator(".list-row-container:visible").first
				row.get_by_text("Rekap Bulanan").first.wait_for()
				self.assertIn("Selesai", row.inner_text())
				self.assertNotIn("What", page.locator(".list-row-head:visible").inner_text())
				page = self.document(self.officer, viewport, EXPORT, export.name)
				self.assertEqual(page.locator(".title-text:visible").inner_text(), "Rekap Bulanan")
				page.locator(".primary-action:visible", has_text="Unduh").wait_for()
				self.fits(page)

	def test_a_new_export_is_of_the_month_that_is_over(self):
		page = self.open(self.officer, DESK, "mkd-export/new")
		page.wait_for_function("window.cur_frm?.doc?.to_date")
		asked = page.evaluate("[cur_frm.doc.from_date, cur_frm.doc.to_date]")
		first = frappe.utils.get_first_day(frappe.utils.nowdate(), d_months=-1)
		self.assertEqual(asked, [str(first), str(frappe.utils.get_last_day(first))])


class TestRegisters(BrowserCase):
	def head_of(self, page):
		return page.locator(".list-row-head .list-subject [data-sort-by]:visible").inner_text()

	def test_a_talent_record_says_its_year_whose_it_is_and_its_box(self):
		one = subordinate()
		values = {"employee_name": one.employee_name, "company": COMPANY, "year": 2026, "box": 8}
		store_row(TALENT_RECORD, one.name, docstatus=1, source="SIASN", **values)
		frappe.db.commit()
		for viewport in BOTH:
			with self.subTest(width=viewport["width"]):
				route = f"mkd-talent-record/view/list?employee={one.name}"
				page = self.open(speaking(officer()), viewport, route)
				row = page.locator(".list-row-container:visible").first
				row.get_by_text(f"2026 · {one.employee_name} · Kotak 8").first.wait_for()
				self.assertEqual(self.head_of(page), "Tahun, Pegawai, Kotak")
				self.fits(page)

	def test_the_first_column_of_every_register_is_named_in_the_words_of_its_form(self):
		one = subordinate()
		store_row(AGREEMENT, one.name, employee_name=one.employee_name)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, AGREEMENT, {"employee": one.name})
		frappe.db.commit()
		page = self.open(speaking(officer()), DESK, f"mkd-agreement/view/list?employee={one.name}")
		page.locator(".list-row-head:visible").first.wait_for()
		self.assertEqual(self.head_of(page), "Nama Pegawai")

	def test_a_percentage_has_the_decimals_that_it_has(self):
		page = self.open(speaking(officer()), DESK, "mkd-policy")
		script = """
			([doctype, field, value]) => frappe.model.with_doctype(doctype).then(() =>
				frappe.format(value, frappe.meta.get_docfield(doctype, field), { only_value: true }))
		"""
		page.wait_for_function("window.frappe?.model && window.mkd_hrms?.only_shown")
		self.assertEqual(page.evaluate(script, [POLICY, "unit_cap_percent", 50]), "50 %")
		self.assertRegex(page.evaluate(script, [POLICY, "unit_cap_percent", 33.5]), r"^33[.,]5 %$")
		self.assertRegex(page.evaluate(script, [TALENT_RECORD, "x_axis", 80.5]), r"^80[.,]5$")


class TestOnATelephone(BrowserCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.own = subordinate()

	def test_what_stands_below_the_bars_of_a_chart_can_be_read(self):
		self.approved(self.own, week()[:1])
		first, last = week()[0], frappe.utils.add_days(week()[0], 40)
		asked = f"from_date={first}&to_date={last}"
		page = self.open(speaking(officer()), TELEPHONE, f"query-report/MKD Quota Use?{asked}")
		marks = page.locator(".frappe-chart .x.axis text")
		# Where there is no room for a label it stands there empty.
		marks.first.wait_for(state="attached")
		page.wait_for_load_state("networkidle")
		told = [text for text in marks.all_text_contents() if text]
		self.assertTrue(told)
		self.assertEqual([text for text in told if not re.fullmatch(r"W\d\d", text)], [])
		for name in page.locator(".frappe-chart .legend-dataset-label").all():
			box = name.bounding_box()
			self.assertLessEqual(box["x"] + box["width"], TELEPHONE["width"])
		title = page.locator(".title-text:visible")
		self.assertTrue(title.evaluate("title => title.scrollWidth <= title.clientWidth"))
		self.fits(page)

	def test_a_calendar_shows_all_weeks_and_names_nothing_that_it_does_not_do(self):
		user = speaking(self.own.user_id)
		for doctype in ("mkd-request", "mkd-day"):
			with self.subTest(doctype):
				page = self.open(user, TELEPHONE, f"{doctype}/view/calendar/default")
				page.locator(".fc-day-grid .fc-row").first.wait_for()
				page.wait_for_load_state("networkidle")
				hidden = "grid => grid.scrollHeight - grid.clientHeight"
				self.assertLessEqual(page.locator(".fc-day-grid-container").evaluate(hidden), 1)
				self.assertEqual(
					page.locator(".footnote-area").inner_text().strip(), "Sembunyikan Akhir Pekan"
				)
				self.fits(page)

	def test_the_menu_that_a_hint_names_has_its_name(self):
		request = self.applied(self.own, week()[1:2])
		page = self.document(speaking(head().user_id), TELEPHONE, REQUEST, request)
		menu = page.locator(".actions-btn-group:visible > button")
		self.assertEqual(menu.inner_text().strip(), "Tindakan")
		self.assertIn("Tindakan", page.locator(".form-message:visible").first.inner_text())
		state = page.locator(".page-title .indicator-pill:visible").bounding_box()
		other = page.locator(".page-actions .menu-btn-group:visible").bounding_box()
		apart = state["x"] + state["width"] <= other["x"] or state["y"] + state["height"] <= other["y"] + 1
		self.assertTrue(apart, (state, other))
