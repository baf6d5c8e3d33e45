"""The yearly agreement: the employee signs in the form the text he has read, and nobody signs for him."""

from datetime import date

import frappe
from frappe.www.printview import get_html_and_style

from mkd_hrms.constants import AGREEMENT, SETTINGS
from mkd_hrms.services import agreements
from mkd_hrms.tests.support.factories import officer, uploaded
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import TODAY

# One pixel, as the signature pad sends it.
DRAWING = (
	"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
	"RU5ErkJggg=="
)
LAST = date(2027, 11, 24)


def scan(user):
	"""A paper that was signed by hand, uploaded by a user."""
	return {"signed_on": "2026-11-20", "attachment": uploaded(user, "pakta.png")}


class AgreementCase(RequestCase):
	def setUp(self):
		self.subject = self.person()

	def write(self, user=None, **values):
		with acting_as(user or self.subject.user_id):
			return frappe.get_doc({"doctype": AGREEMENT, "employee": self.subject.name, **values}).insert()

	def save(self, doc, user=None, **values):
		with acting_as(user or self.subject.user_id):
			doc = frappe.get_doc(AGREEMENT, doc.name)
			doc.update(values)
			return doc.save()

	def signed(self):
		return self.save(self.write(), signature=DRAWING)


class TestSigning(AgreementCase):
	def test_he_signs_what_he_has_read_and_it_says_when_how_and_which_text(self):
		self.subject.db_set("mkd_nip", "199001012020011001")
		draft = self.write()
		self.assertIn("NIP: 199001012020011001", draft.text)
		self.assertIn("25-11-2026", draft.text)
		self.assertEqual((draft.valid_from, draft.valid_to, draft.signed_on), (TODAY, LAST, None))
		doc = self.save(draft, signature=DRAWING)
		self.assertEqual((doc.signed_how, doc.signed_by), ("In the Form", self.subject.user_id))
		self.assertEqual(
			(doc.signed_on, doc.template_version, doc.text), (TODAY, draft.template_version, draft.text)
		)

	def test_nobody_signs_for_him_whatever_his_roles(self):
		draft = self.write()
		for user in (officer(), make_user("System Manager", "HR Manager")):
			with self.assertRaisesRegex(agreements.NotHisToSign, "Only"):
				self.save(draft, user, signature=DRAWING)
		for user in (self.boss.user_id, self.person().user_id):
			with self.assertRaises(frappe.PermissionError):
				self.save(draft, user, signature=DRAWING)

	def test_a_text_that_nobody_has_seen_is_not_signed(self):
		with self.assertRaisesRegex(agreements.TextChanged, "Save the agreement first"):
			self.write(signature=DRAWING)
		draft = self.write()
		with self.assertRaisesRegex(agreements.TextChanged, "has changed"):
			self.save(draft, signature=DRAWING, valid_from="2026-12-01")

	def test_another_text_is_another_version_and_must_be_read_anew(self):
		draft, settings = self.write(), frappe.get_doc(SETTINGS)
		settings.agreement_text += "<p>Butir baru.</p>"
		settings.save(ignore_permissions=True)
		with self.assertRaisesRegex(agreements.TextChanged, "has changed"):
			self.save(draft, signature=DRAWING)
		read = self.save(draft)
		self.assertEqual(read.template_version, draft.template_version + 1)
		doc = self.save(read, signature=DRAWING)
		settings.reload()
		settings.agreement_text = "<p>Lain.</p>"
		settings.save(ignore_permissions=True)
		self.assertIn("Butir baru", frappe.get_doc(AGREEMENT, doc.name).text)

	def test_what_is_no_drawing_is_no_signature(self):
		draft = self.write()
		for drawing in (
			"Budi",
			"data:image/png;base64,",
			"data:image/png;base64,QUJD",
			"data:image/png;base64,*",
		):
			with self.subTest(drawing), self.assertRaisesRegex(frappe.ValidationError, "Draw it in the form"):
				self.save(draft, signature=drawing)

	def test_what_the_service_writes_counts_whatever_the_caller_sends(self):
		forged = {"text": "Tidak ada kewajiban", "template_version": 99, "signed_how": "In the Form"}
		draft = self.write(**forged, signed_by=self.subject.user_id, valid_to="2036-01-01")
		self.assertNotIn("Tidak ada kewajiban", draft.text)
		self.assertEqual((draft.template_version, draft.signed_how, draft.valid_to), (1, None, LAST))

	def test_a_user_of_the_self_service_type_signs_too(self):
		user = make_user(user_type="Employee Self Service")
		self.subject.reload()
		self.subject.user_id = user
		self.subject.save(ignore_permissions=True)
		draft = self.write(user)
		self.assertEqual(self.save(draft, user, signature=DRAWING).signed_by, user)


class TestAScan(AgreementCase):
	def test_hr_records_what_was_signed_by_hand(self):
		user = officer()
		doc = self.write(user, **scan(user))
		self.assertEqual((doc.signed_how, doc.signed_by, str(doc.signed_on)), ("Scan", user, "2026-11-20"))
		self.assertIsNone(doc.text)

	def test_it_needs_both_the_scan_and_the_date(self):
		user = officer()
		for field, value in scan(user).items():
			with self.assertRaisesRegex(frappe.MandatoryError, "needs both"):
				self.write(user, **{field: value})
		with self.assertRaisesRegex(frappe.ValidationError, "not come yet"):
			self.write(user, **{**scan(user), "signed_on": "2026-11-26"})

	def test_nobody_records_his_own(self):
		frappe.get_doc("User", self.subject.user_id).add_roles("HR Manager", "MKD Officer")
		with self.assertRaisesRegex(agreements.NotHisToSign, "Sign in the form"):
			self.write(**scan(self.subject.user_id))


class TestItStands(AgreementCase):
	def test_once_signed_neither_he_nor_hr_changes_it(self):
		doc = self.signed()
		for user in (self.subject.user_id, officer()):
			for field, value in (
				("valid_from", "2026-11-26"),
				("signature", None),
				("valid_to", "2028-01-01"),
			):
				with self.subTest(field, user=user), self.assertRaises(agreements.AgreementStands):
					self.save(doc, user, **{field: value})
		self.save(doc, officer(), text="Lain")
		self.assertEqual(frappe.db.get_value(AGREEMENT, doc.name, "text"), doc.text)

	def test_hr_lets_it_end_earlier_and_nobody_deletes_it(self):
		doc = self.signed()
		with self.assertRaises(agreements.AgreementStands):
			self.save(doc, valid_to="2026-12-31")
		self.assertEqual(str(self.save(doc, officer(), valid_to="2026-12-31").valid_to), "2026-12-31")
		with acting_as(officer()), self.assertRaises(agreements.AgreementStands):
			frappe.delete_doc(AGREEMENT, doc.name)

	def test_one_day_has_one_agreement(self):
		first = self.signed()
		for since in (TODAY, LAST):
			with self.assertRaisesRegex(agreements.AgreementsOverlap, first.name):
				self.write(valid_from=since)
		self.assertEqual(str(self.write().valid_from), "2027-11-25")

	def test_it_lasts_no_longer_than_the_policy_says_and_begins_no_earlier_than_today(self):
		with self.assertRaisesRegex(frappe.ValidationError, "lasts until 24-11-2027"):
			self.write(officer(), valid_from=TODAY, valid_to="2027-11-25")
		with self.assertRaisesRegex(frappe.ValidationError, "today or later"):
			self.write(valid_from="2026-11-24")


class TestTheText(AgreementCase):
	def test_a_name_that_the_text_may_not_use_is_refused_when_it_is_saved(self):
		for text in ("{{ salary }}", "{{ frappe.db }}", "{{ ''.__class__.__mro__ }}", "{% if %}"):
			settings = frappe.get_doc(SETTINGS)
			settings.agreement_text = text
			with self.subTest(text), self.assertRaisesRegex(frappe.ValidationError, "cannot be filled in"):
				settings.save(ignore_permissions=True)

	def test_an_employees_data_is_text_and_no_markup(self):
		self.subject.db_set("employee_name", "<b>Budi</b>")
		self.assertIn("&lt;b&gt;Budi", self.write().text)

	def test_it_can_be_printed(self):
		doc = self.signed()
		with acting_as(self.subject.user_id):
			html = get_html_and_style(AGREEMENT, doc.name, print_format=AGREEMENT)["html"]
		self.assertIn(DRAWING, html)
		self.assertIn("menyatakan bahwa", html)


class TestWhoReadsIt(AgreementCase):
	def test_he_and_hr(self):
		doc = self.signed()
		readers = {
			user: self.may_read(user, doc)
			for user in (self.subject.user_id, officer(), self.boss.user_id, self.person().user_id)
		}
		self.assertEqual(list(readers.values()), [True, True, False, False])

	def may_read(self, user, doc):
		with acting_as(user):
			listed = doc.name in frappe.get_list(AGREEMENT, pluck="name")
			self.assertEqual(bool(frappe.has_permission(AGREEMENT, "read", doc)), listed)
			return listed
