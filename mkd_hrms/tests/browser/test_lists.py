"""The lists of a unit: at a desk and on a telephone, where Frappe shows one column, they say when, who, of which unit, and how it
stands, in the reader's language."""

import frappe
from frappe.utils import formatdate, getdate

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	DELEGATION,
	IMPORT,
	LETTER,
	OBJECTION,
	REQUEST,
)
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import (
	browser,
	decider,
	head,
	open_house,
	person,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.unit_case import declare_office_day, make_rule, make_unit
from mkd_hrms.tests.support.world import OFFICE, unit


def setUpModule():
	needed()
	open_house()


class TestListsOnATelephone(BrowserCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.days = week()
		cls.hr = user_with("MKD Officer", "HR Manager")

	def kept(self, doc):
		"""Nothing of it holds for other tests."""
		frappe.db.commit()
		self.addCleanup(self.forget, doc.doctype, doc.name)
		return doc

	def forget(self, doctype, name):
		frappe.db.rollback()
		doc = frappe.get_doc(doctype, name)
		if doc.docstatus.is_submitted():
			doc.cancel()
		frappe.delete_doc(doctype, name, force=True, ignore_permissions=True)
		frappe.db.commit()

	def subjects(self, user, doctype):
		"""What the only column of a list says."""
		page = self.open(user, TELEPHONE, f"List/{doctype}/List")
		first = page.locator(".list-row .list-subject a:visible")
		first.first.wait_for()
		self.assertEqual(self.problems, [])
		return [text.strip() for text in first.all_text_contents()]

	def test_a_swap_says_its_day_and_its_people(self):
		own, colleague = subordinate(first_name="Dadang"), subordinate(first_name="Nunung")
		self.approved(own, self.days[1:2])
		swap = {"doctype": DAY_SWAP, "employee": own.name, "colleague": colleague.name, "kind": "Hand Over"}
		swap |= {"mkd_date": str(self.days[1]), "reason": "Rapat"}
		self.ok(browser(own.user_id).insert(swap))
		date, names = formatdate(self.days[1], "dd-MM-yyyy"), (own.employee_name, colleague.employee_name)
		self.assertEqual(
			self.subjects(own.user_id, DAY_SWAP), [f"{date} · {names[0]} → {names[1]} · {own.department}"]
		)

	def test_a_request_and_its_days_say_who_and_when(self):
		own = subordinate(first_name="Wawan")
		self.approved(own, self.days[1:3])
		first, last = (formatdate(day, "dd-MM-yyyy") for day in self.days[1:3])
		asked = f"{first} \u2013 {last} · {own.employee_name} · {own.department}"
		self.assertEqual(self.subjects(own.user_id, REQUEST), [asked])
		days = [f"{day} · {own.employee_name} · {own.department}" for day in (last, first)]
		self.assertEqual(self.subjects(own.user_id, DAY), days)

	def test_date_unit_and_state_are_seen_whole_at_both_widths(self):
		own = subordinate(first_name="Muhammad Fadhlurrahman", last_name="Kartadipura Wijayakusumah")
		self.approved(own, self.days[1:2])
		day = formatdate(self.days[1], "dd-MM-yyyy")
		for viewport in (DESK, TELEPHONE):
			for doctype, state in ((REQUEST, "Approved"), (DAY, "Approved")):
				with self.subTest(doctype, width=viewport["width"]):
					page = self.open(own.user_id, viewport, f"List/{doctype}/List")
					row = page.locator(".list-row:visible").first
					row.wait_for()
					subject = row.locator(".list-subject a:visible").first
					self.assertTrue(subject.text_content().strip().startswith(day))
					for words in (unit(OFFICE), state):
						self.assertTrue(self.is_whole(row.get_by_text(words)), words)
					self.fits(page)
					self.picture(page, f"list-{doctype}-{viewport['width']}".replace(" ", "-").lower())

	def is_whole(self, found):
		"""Whether it is seen somewhere, and no ellipsis stands for its end."""
		cut = """
			(part) => {
				const row = part.closest(".list-row");
				for (let box = part; box !== row; box = box.parentElement) {
					const hides = getComputedStyle(box).overflowX === "hidden";
					if (hides && box.scrollWidth > box.clientWidth + 1) return true;
				}
				return false;
			}
		"""
		return any(each.is_visible() and not each.evaluate(cut) for each in found.all())

	def test_a_report_says_who_and_when(self):
		own = subordinate(first_name="Yuyun")
		values = {"employee": own.name, "employee_name": own.employee_name, "status": "Missing"}
		values["department"] = own.department
		frappe.get_doc({"doctype": DAILY_REPORT, "mkd_date": getdate(), **values}).db_insert()
		frappe.db.commit()
		said = f"{formatdate(getdate(), 'dd-MM-yyyy')} · {own.employee_name} · {own.department}"
		self.assertEqual(self.subjects(own.user_id, DAILY_REPORT), [said])

	def test_a_delegation_says_who_acts_for_whom_and_an_office_day_when(self):
		delegate = person(first_name="Iwan")
		values = {"approver": head().user_id, "delegate": delegate.user_id}
		values |= {"from_date": getdate(), "to_date": getdate()}
		self.kept(frappe.get_doc({"doctype": DELEGATION, **values}).insert())
		names = (delegate.employee_name, head().employee_name)
		self.assertEqual(self.subjects(self.hr, DELEGATION), [" → ".join(names)])
		self.kept(declare_office_day(make_unit("Bidang Daftar"), self.days[2]))
		date = formatdate(self.days[2], "dd-MM-yyyy")
		# Others may have been declared, for other units.
		self.assertIn(f"{date} · Apel Senin", self.subjects(self.hr, "MKD Office Day"))

	def test_a_rule_reads_as_people_write_it_in_indonesian(self):
		ruled = make_unit("Bidang Aturan")
		rule = self.kept(make_rule(ruled, cap_percent=50))
		reader = user_with("MKD Officer", "HR Manager", "Employee")
		frappe.db.set_value("User", reader, "language", "id")
		frappe.clear_cache(user=reader)
		frappe.db.commit()
		self.assertIn(f"{ruled} · 19-06-2023 \u2013", self.subjects(reader, "MKD Coverage Rule"))
		page = self.open(reader, TELEPHONE, f"mkd-coverage-rule/{rule.name}")
		cap = page.locator("[data-fieldname='cap_percent'] input")
		cap.wait_for()
		self.assertEqual(cap.input_value(), "50")
		page = self.open(reader, TELEPHONE, "mkd-coverage-board")
		strip = page.locator(".mkd-board-strip button span:first-child")
		strip.first.wait_for()
		self.assertEqual(strip.all_inner_texts(), ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"])


class TestDateUnitAndState(BrowserCase):
	"""At both widths, of each list."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.own = subordinate(first_name="Zainal")
		cls.day = getdate()
		cls.hr = decider().user_id
		of_him = {"employee_name": cls.own.employee_name, "department": cls.own.department}
		of_him |= {"company": cls.own.company, "employee_user": cls.own.user_id, "mkd_date": cls.day}
		cls.stood = {
			REQUEST: {"from_date": cls.day, "to_date": cls.day, "status": "Approved", "docstatus": 1},
			DAY: {"status": "Worked"},
			DAILY_REPORT: {"status": "Missing"},
			OBJECTION: {"status": "Pending Decision", "filed_on": f"{cls.day} 10:00:00"},
			DAY_SWAP: {"status": "Pending Approval", "kind": "Hand Over", "colleague_name": "Ujang"},
			LETTER: {"status": "Valid", "kind": "Permit", "number": "800/1", "letter_date": cls.day},
			IMPORT: {"status": "Checked"},
		}
		for doctype, values in cls.stood.items():
			state = {} if doctype == LETTER else {"workflow_state": values["status"]}
			known = {**of_him, **values, **state}
			fields = {field.fieldname for field in frappe.get_meta(doctype).fields} | {"docstatus"}
			store_row(doctype, cls.own.name, **{key: value for key, value in known.items() if key in fields})
		frappe.db.commit()
		cls.addClassCleanup(cls.forget_imports)

	@classmethod
	def forget_imports(cls):
		frappe.db.delete(IMPORT, {"company": cls.own.company})
		frappe.db.commit()

	def row(self, doctype, viewport):
		"""What the row of his record says, and the head above the first column."""
		by = f"company={self.own.company}" if doctype == IMPORT else f"employee={self.own.name}"
		page = self.open(self.hr, viewport, f"{frappe.scrub(doctype).replace('_', '-')}/view/list?{by}")
		row = page.locator(".list-row-container:visible").first
		row.wait_for()
		page.wait_for_load_state("networkidle")
		self.picture(page, f"list-{frappe.scrub(doctype)}-{viewport['width']}")
		self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), viewport["width"])
		self.assertEqual(self.problems, [])
		# No word of the first column lies beyond what is seen of it.
		inner, outer = (
			row.locator(selector).first.bounding_box() for selector in (".list-subject a", ".list-subject")
		)
		self.assertLessEqual(inner["x"] + inner["width"], outer["x"] + outer["width"] + 1)
		head = page.locator(".list-row-head .list-subject [data-sort-by]:visible").inner_text()
		return row.inner_text(), head

	def test_each_list_says_them_at_both_widths(self):
		date = formatdate(self.day, "dd-MM-yyyy")
		said = {REQUEST: "Approved", DAY: "Worked", DAILY_REPORT: "Missing", OBJECTION: "Pending Decision"}
		said |= {DAY_SWAP: "Pending Approval", LETTER: "Valid", IMPORT: "Checked"}
		for doctype, state in said.items():
			unit = self.own.company if doctype == IMPORT else self.own.department
			for viewport in (DESK, TELEPHONE):
				with self.subTest(doctype, width=viewport["width"]):
					text, head = self.row(doctype, viewport)
					for word in (date, unit, state):
						self.assertIn(word, text)
					self.assertTrue(head.startswith("Date"), head)
