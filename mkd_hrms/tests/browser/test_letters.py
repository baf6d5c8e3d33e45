"""Letters as people get them: issued from the form, looked at in the print view of the Desk, and taken away as PDF."""

from io import BytesIO
from urllib.parse import urlencode

from pypdf import PdfReader

import frappe
from frappe.installer import update_site_config
from frappe.utils import add_days, format_date, getdate

from mkd_hrms.constants import AGREEMENT, COLLECTIVE_DAY, DAY, OBJECTION, REQUEST, SUSPENSION, WARNING
from mkd_hrms.tests.people.test_agreement import DRAWING
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import (
	absences,
	browser,
	days_of,
	head,
	officer,
	open_house,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY

LETTER = "MKD Letter"
PDF = "/api/method/frappe.utils.print_format.download_pdf"


def setUpModule():
	needed()
	open_house()


class LetterCase(BrowserCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		# The program that makes a PDF fetches the styles of the page from the site's own address.
		cls.addClassCleanup(update_site_config, "host_name", frappe.conf.host_name or "None", validate=False)
		update_site_config("host_name", browser(officer()).server.url, validate=False)
		cls.addClassCleanup(cls.clear_letters)

	@classmethod
	def clear_letters(cls):
		frappe.db.rollback()
		frappe.db.delete(LETTER)
		frappe.db.delete(COLLECTIVE_DAY, {"subject": "MKD setiap Jumat"})
		frappe.db.commit()

	def preview(self, page):
		"""The letter in the print view, on its paper."""
		return page.frame_locator("iframe.print-format-container").locator("body")

	def look(self, page, doctype, name, form, *words):
		"""In the print view, a form that is not the usual one on its full page, and as PDF: with the session of the window."""
		key = {"doctype": doctype, "name": name, **({"format": form} if form else {})}
		address = f"printview?{urlencode(key)}" if form else f"app/print/{doctype}/{name}"
		page.goto(f"{self.url}/{address}", wait_until="domcontentloaded")
		paper = page.locator("body") if form else self.preview(page)
		for each in words:
			paper.get_by_text(each).first.wait_for()
		self.picture(page, f"letter-{form or doctype}".replace(" ", "-").lower())
		answer = page.context.request.get(f"{self.url}{PDF}?{urlencode(key)}")
		self.assertEqual((answer.status, answer.body()[:4]), (200, b"%PDF"))
		text = " ".join(
			" ".join(leaf.extract_text() for leaf in PdfReader(BytesIO(answer.body())).pages).split()
		)
		for each in words:
			self.assertIn(each.lower(), text.lower())
		return text

	@property
	def url(self):
		return browser(officer()).server.url


class TestIssuing(LetterCase):
	def test_who_decided_issues_a_permit_from_the_form(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				request = self.approved(subordinate(), week()[:1])
				page = self.document(head().user_id, viewport, REQUEST, request)
				self.press(page, "Issue Letter")
				self.picture(page, f"issue-{viewport['width']}")
				self.answer(page, "Issue Letter", kind="Permit", number=f"800/{request}/BKD")
				page.wait_for_function("window.cur_frm?.doctype === 'MKD Letter'")
				frappe.db.rollback()
				(number,) = frappe.get_all(LETTER, {"reference_name": request}, pluck="number")
				self.assertEqual(number, f"800/{request}/BKD")
				self.fits(page)
				self.assertEqual(self.problems, [])


class TestEachLetter(LetterCase):
	def test_of_a_denial_as_the_employee_prints_it_from_the_form(self):
		employee = subordinate(absent_on=absences(3))
		request = self.applied(employee, week()[:1])
		page = self.document(employee.user_id, DESK, REQUEST, request)
		page.locator(".page-icon-group button[data-original-title='Print']:visible").click()
		self.preview(page).get_by_text("PP 94/2021").first.wait_for()
		with page.context.expect_event("request", lambda asked: PDF in asked.url):
			page.locator(".page-actions:visible button", has_text="PDF").click()
		self.look(page, REQUEST, request, None, "Penolakan", "PP 94/2021")

	def test_of_a_request_that_was_granted(self):
		employee = subordinate()
		request = self.approved(employee, week()[:1])
		page = self.window(employee.user_id, DESK)
		self.look(page, REQUEST, request, None, "Surat Izin", employee.employee_name)
		self.look(page, REQUEST, request, "MKD Assignment Letter", "Surat Tugas", employee.employee_name)
		values = {"doctype": REQUEST, "name": request, "kind": "Permit", "number": f"801/{request}"}
		self.ok(browser(officer()).call("mkd_hrms.api.issue_letter", **values))
		entry = frappe.db.get_value(LETTER, {"reference_name": request})
		self.look(self.window(officer(), DESK), LETTER, entry, None, f"801/{request}", "Surat Izin")

	def test_of_days_that_were_taken_back(self):
		employee = subordinate()
		request = self.approved(employee, week()[:1])
		(day,) = days_of(request)
		# Yesterday: it is too late to call anybody back from there at whatever hour this runs.
		frappe.db.set_value(DAY, day.name, "mkd_date", add_days(getdate(), -1))
		frappe.db.commit()
		superior, why = browser(head().user_id), "Rapat mendadak di kantor"
		self.ok(superior.call("mkd_hrms.api.revoke_days", mkd_days=[day.name], reason=why))
		values = {"doctype": REQUEST, "name": request, "kind": "Revocation", "number": "803/KPG/BKD"}
		self.ok(superior.call("mkd_hrms.api.issue_letter", **values))
		words = ("803/KPG/BKD", "Pencabutan", employee.employee_name, head().employee_name)
		page = self.window(employee.user_id, DESK)
		text = self.look(
			page, REQUEST, request, "MKD Revocation Letter", *words, f"Persetujuan dicabut: {why}"
		)
		self.assertNotIn("withdrawn", text)
		entry = frappe.db.get_value(LETTER, {"reference_name": request})
		text = self.look(self.window(head().user_id, DESK), LETTER, entry, None, *words)
		self.assertNotIn(why, text)

	def test_of_an_agreement_that_he_signed(self):
		employee = subordinate()
		client = browser(employee.user_id)
		name = self.ok(client.insert({"doctype": AGREEMENT, "employee": employee.name}))["name"]
		page = self.window(employee.user_id, DESK)
		self.look(page, AGREEMENT, name, None, name, employee.employee_name)
		drawn = self.preview(page).locator("img[src^='data:image/png']")
		self.assertEqual(drawn.count(), 0)
		self.ok(client.set_value(AGREEMENT, name, signature=DRAWING))
		words = (name, employee.employee_name, "menjaga kerahasiaan dokumen", format_date(getdate()))
		self.look(page, AGREEMENT, name, None, *words)
		drawn.wait_for()

	def test_of_measures(self):
		employee, client = subordinate(), browser(user_with("HR Manager"))
		period = {"from_date": str(getdate()), "to_date": str(week(2)[4])}
		page = self.window(employee.user_id, DESK)
		for doctype, word in ((WARNING, "Peringatan"), (SUSPENSION, "Pencabutan")):
			doc = {"doctype": doctype, "employee": employee.name, **period, "docstatus": 1}
			doc |= {"ground": "Laporan tidak diserahkan"}
			name = self.ok(client.insert(doc | ({"measure": "Suspension"} if doctype == SUSPENSION else {})))
			self.look(page, doctype, name["name"], None, word, "Laporan tidak diserahkan")

	def test_of_an_objection_and_a_circular(self):
		employee = subordinate(absent_on=absences(3))
		request = self.applied(employee, week()[:1])
		decided = {"against_doctype": REQUEST, "against_name": request, "company": COMPANY}
		decided |= {"grounds": "Saya hadir", "decision_reason": "Presensi tercatat ganda"}
		decided |= {"decided_by": officer(), "decided_on": frappe.utils.now(), "status": "Dismissed"}
		names = {"employee_name": employee.employee_name, "docstatus": 1}
		objection = store_row(OBJECTION, employee.name, **decided, **names).name
		said = {"subject": "MKD setiap Jumat", "legal_basis": "SE Sekda", "weekday": "Friday", "docstatus": 1}
		dates = {"from_date": "2026-12-01", "to_date": "2026-12-31", "dates_by": "Weekday"}
		number = {"circular_no": "189/KPG.03/BKD", "circular_date": "2026-11-20", "share_percent": 50}
		circular = {"company": COMPANY, "share_by": "Rota", **said, **dates, **number}
		circular = store_row(COLLECTIVE_DAY, None, **circular).name
		frappe.db.commit()
		page = self.window(officer(), DESK)
		self.look(page, OBJECTION, objection, None, "Memutuskan", "Presensi tercatat ganda")
		self.look(page, COLLECTIVE_DAY, circular, None, "Surat Edaran", "189/KPG.03/BKD")
