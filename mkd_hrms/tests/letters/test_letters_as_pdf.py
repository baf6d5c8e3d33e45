"""One letter of each kind as a PDF: its number, its words, and none of them left in English."""

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import COLLECTIVE_DAY, LETTER, OBJECTION, REQUEST, SUSPENSION, WARNING
from mkd_hrms.tests.support.http_world import (
	absences,
	browser,
	days_of,
	officer,
	open_house,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.printed_letter_case import PrintedCase
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house


class TestEveryKindAsPDF(PrintedCase):
	def test_letters_of_a_request(self):
		employee = subordinate(first_name="Anisa Rahmawati")
		plan = [{"activity": "Menyusun laporan", "output": "Laporan triwulan", "target": "1 dokumen"}]
		request = self.approved(employee, week()[:2], work_plan=plan)
		about = (REQUEST, request)
		self.look(*about, "Permit", "MKD Request Letter", "permit", "SURAT IZIN MKD", "Anisa Rahmawati")
		self.look(
			*about, "Assignment", "MKD Assignment Letter", "assignment", "SURAT TUGAS", "Laporan triwulan"
		)
		day = days_of(request)[0].name
		self.revoke(day)
		self.look(
			*about, "Revocation", "MKD Revocation Letter", "revocation", "Pencabutan", "Kebutuhan dinas"
		)
		name = frappe.db.get_value(LETTER, {"reference_name": request, "kind": "Permit"})
		self.assertIn("DICABUT", self.text_of(LETTER, name, "MKD Letter", "revoked"))

	def test_a_refusal(self):
		employee = subordinate(absent_on=absences(3))
		request = self.applied(employee, week()[:2])
		self.look(REQUEST, request, "Refusal", "MKD Request Letter", "refusal", "Penolakan")

	def test_measures(self):
		employee, client = subordinate(), browser(user_with("HR Manager"))
		values = {
			"from_date": str(getdate()),
			"to_date": str(week(2)[4]),
			"ground": "Laporan tidak diserahkan",
		}
		for doctype, kind, form, file, word in (
			(WARNING, "Warning", "MKD Warning Letter", "warning", "peringatan"),
			(SUSPENSION, "Revocation", "MKD Suspension Letter", "suspension", "Pencabutan"),
		):
			more = {"measure": "Suspension"} if doctype == SUSPENSION else {}
			doc = {"doctype": doctype, "employee": employee.name, **values, **more, "docstatus": 1}
			name = self.ok(client.insert(doc))["name"]
			self.look(doctype, name, kind, form, file, word, "Laporan tidak diserahkan", "Pergub")

	def test_what_the_ladder_said_in_english_is_indonesian_in_the_letter(self):
		employee = subordinate()
		values = {"from_date": str(getdate()), "to_date": str(getdate()), "step": 1, "docstatus": 1}
		ground = "Daily report missing: 12-01-2026."
		name = store_row(
			WARNING, employee.name, company=COMPANY, status="In Force", ground=ground, **values
		).name
		frappe.db.commit()
		self.look(WARNING, name, "Warning", "MKD Warning Letter", "ladder", "12-01-2026")

	def test_a_decision_about_an_objection(self):
		employee = subordinate(absent_on=absences(3))
		request = self.applied(employee, week()[:1])
		values = {
			"against_doctype": REQUEST,
			"against_name": request,
			"company": COMPANY,
			"grounds": "Saya hadir",
			"decision_reason": "Presensi tercatat ganda",
			"decided_by": officer(),
			"status": "Dismissed",
			# As somebody read it who uses the site in English.
			"outcome": "The report was returned to be looked at again.",
			"decided_on": frappe.utils.now(),
			"docstatus": 1,
		}
		name = store_row(OBJECTION, employee.name, employee_name=employee.employee_name, **values).name
		frappe.db.commit()
		words = ("KEPUTUSAN", "TENTANG", "MEMUTUSKAN", "KESATU", "Presensi tercatat ganda")
		self.look(OBJECTION, name, "Objection Decision", "MKD Objection Letter", "objection", *words)

	def test_a_circular(self):
		values = {
			"subject": "MKD setiap Kamis",
			"legal_basis": "SE Sekda",
			"weekday": "Thursday",
			"docstatus": 1,
		}
		dates = {
			"from_date": "2026-12-01",
			"to_date": "2026-12-31",
			"dates_by": "Weekday",
			"share_by": "Rota",
		}
		number = {"circular_no": "188/KPG.03/BKD", "circular_date": "2026-11-20", "share_percent": 50}
		name = store_row(COLLECTIVE_DAY, None, company=COMPANY, **values, **dates, **number).name
		frappe.db.commit()
		words = ("SURAT EDARAN", "188/KPG.03/BKD", "TENTANG MKD SETIAP KAMIS", "hari Kamis", "50 persen")
		self.look(COLLECTIVE_DAY, name, "Circular", "MKD Circular Letter", "circular", *words)
