"""What the forms of policies, standings and objections tell over HTTP, and to whom (rules P1, P3)."""

import frappe
from frappe.utils import add_days, getdate

from mkd_hrms.constants import ELIGIBILITY, OBJECTION, POLICY, REQUEST, SUITABILITY, SUSPENSION
from mkd_hrms.policy import packs
from mkd_hrms.services.policies.documents import document_from
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.http.test_http_objections import ObjectionCase
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	browser,
	head,
	officer,
	open_house,
	plain,
	subordinate,
	user_with,
)
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.world import COMPANY, UNCLASSIFIED

setUpModule = open_house
CONTESTED = "mkd_hrms.api.contested"


def told_with(user, doctype, name):
	"""The answer to whoever opens a form."""
	return browser(user).get("/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=name)


def onload(response):
	return response.json()["docs"][0].get("__onload") or {}


class TestThePolicy(HTTPCase):
	def setUp(self):
		self.addCleanup(self.clear)

	def clear(self):
		frappe.db.rollback()
		for name in frappe.get_all(
			POLICY, {"docstatus": 0, "policy_name": ("like", "Draf HTTP%")}, pluck="name"
		):
			frappe.delete_doc(POLICY, name, force=True)
		frappe.db.commit()

	def content(self, **values):
		draft = document_from(packs.load("jabar-2023"))
		begins = str(add_days(getdate(), 60))
		draft.update({"policy_name": "Draf HTTP", "company": COMPANY, "effective_from": begins, **values})
		return plain(draft)

	def test_a_number_without_its_source_warns_and_is_stored(self):
		client = browser(user_with("HR Manager"))
		response = client.insert(self.content())
		name = self.ok(response)["name"]
		response = client.set_value(POLICY, name, late_allowed=3)
		self.ok(response)
		self.assertIn("Late Days Allowed", " ".join(messages(response)))
		self.assertEqual(self.ok(client.resource(POLICY, name))["late_allowed"], 3)

	def test_the_form_is_told_its_gates_and_the_version_before(self):
		user = user_with("MKD Officer")
		name = self.ok(browser(user).insert(self.content()))["name"]
		told = onload(told_with(user, POLICY, name))
		self.assertEqual(len(told["gates"]), 18)
		before = told["replaces"]
		self.assertTrue(before)
		company = frappe.db.get_value(POLICY, before, "company")
		found = onload(told_with(user, POLICY, before))["next_version"]
		self.assertEqual(found["name"] if found else None, name if company == COMPANY else None)

	def test_others_read_it_and_make_no_version(self):
		name = self.ok(browser(user_with("HR Manager")).insert(self.content()))["name"]
		for roles in (("HR User",), ("Employee",), ("Employee", "MKD Approver"), ("System Manager",)):
			client = browser(user_with(*roles))
			with self.subTest(roles):
				self.refused(client.insert(self.content(policy_name="Draf HTTP lain")))
				self.refused(client.set_value(POLICY, name, late_allowed=30))


class TestTheStanding(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee, cls.colleague = subordinate(absent_on=absences(3)), subordinate()
		refresh.refresh(COMPANY, [cls.employee.name])
		frappe.db.commit()

	def found(self, user):
		return onload(told_with(user, ELIGIBILITY, self.employee.name)).get("findings")

	def test_he_and_hr_read_value_limit_unit_and_clause(self):
		for user in (self.employee.user_id, user_with("HR User"), officer()):
			rows = {row["gate"]: row for row in self.found(user)}
			absence = rows["Absence"]
			self.assertEqual(
				[absence[key] for key in ("verdict", "actual", "limit", "unit")], ["Fail", "3", "3", "days"]
			)
			self.assertIn("PP 94/2021", absence["sentence"])
			self.assertEqual((rows["Status"]["limit"], rows["Status"]["unit"]), ("Active", None))
			self.assertEqual(rows["Not New"]["unit"], "months")

	def test_who_administers_the_site_reads_the_standing_and_no_finding(self):
		user = user_with("System Manager")
		response = told_with(user, ELIGIBILITY, self.employee.name)
		self.assertEqual(response.status_code, 200)
		self.assertNotIn("findings", onload(response))
		self.assertNotIn("PP 94/2021", response.text)

	def test_nobody_else_opens_it(self):
		for user in (head().user_id, self.colleague.user_id):
			self.refused(told_with(user, ELIGIBILITY, self.employee.name))


class TestTheObjection(ObjectionCase):
	def contested(self, user, name, doctype=REQUEST):
		return browser(user).call(CONTESTED, doctype=doctype, name=name)

	def test_he_and_hr_read_document_date_and_reasons(self):
		employee, request = self.denied()
		for user in (employee.user_id, user_with("HR User"), officer()):
			told = self.ok(self.contested(user, request))
			with self.subTest(user):
				self.assertEqual((told["name"], told["gates"]), (request, ["Absence"]))
				self.assertIn(frappe.utils.format_date(getdate()), told["decided_on"])
				self.assertEqual([found["gate"] for found in told["findings"]], ["Absence"])
				self.assertIn("PP 94/2021", told["findings"][0]["sentence"])
				self.assertIn("PP 79/2021", told["clause"])

	def test_the_superior_is_told_nothing_and_a_colleague_is_refused(self):
		_employee, request = self.denied()
		self.assertEqual(self.ok(self.contested(head().user_id, request)), {})
		self.refused(self.contested(subordinate().user_id, request))
		self.refused(self.contested(subordinate().user_id, "MKD-REQ-0000-00000"))

	def test_a_suspension_is_told_with_its_period_and_ground_to_him(self):
		employee, name = self.suspended()
		told = self.ok(self.contested(employee.user_id, name, SUSPENSION))
		self.assertIn("Laporan tidak benar", told["about"])
		self.assertNotIn("undone", told)
		self.refused(self.contested(head().user_id, name, SUSPENSION))

	def test_what_was_upheld_does_not_stand_any_more(self):
		employee, request = self.denied()
		name = self.filed(employee, request)
		self.ok(browser(officer()).set_value(OBJECTION, name, decision_reason="Diperiksa ulang"))
		self.ok(self.move(officer(), name, "Uphold"))
		told = self.ok(self.contested(employee.user_id, request))
		self.assertTrue(told["undone"])
		self.assertNotIn("findings", told)

	def test_only_what_can_be_objected_to_is_told(self):
		employee = subordinate()
		self.assertEqual(self.ok(self.contested(employee.user_id, employee.name, "Employee")), {})


class TestClassifying(HTTPCase):
	CRITERIA = (
		"away_from_post",
		"no_special_room",
		"uses_ict",
		"minimal_face_to_face",
		"no_continuous_supervision",
	)

	def classify(self, user, name, **decision):
		doc = {"valid_from": str(getdate()), **decision}
		return browser(user).call(
			"mkd_hrms.api.classify_roles", doctype="Employee", names=[name], decision=doc
		)

	def test_the_criteria_are_kept_with_the_verdict_and_all_five_are_needed(self):
		employee = subordinate(designation=UNCLASSIFIED)
		four = dict.fromkeys(self.CRITERIA[:4], 1)
		failed = self.ok(self.classify(officer(), employee.name, verdict="Suitable", **four))
		self.assertIn("continuous supervision", failed["failed"][employee.name])
		done = self.ok(self.classify(officer(), employee.name, verdict="Not Suitable", **four))
		self.assertEqual(done["done"], [employee.name])
		frappe.db.rollback()
		stored = frappe.get_last_doc(SUITABILITY, {"reference_name": employee.name})
		self.assertEqual([stored.get(name) for name in self.CRITERIA], [1, 1, 1, 1, 0])

	def test_who_classifies_sees_what_is_open_whatever_else_he_may_read(self):
		subordinate(designation=UNCLASSIFIED)
		for roles in (("HR User",), ("HR Manager",), ("MKD Officer",), ("HR Manager", "MKD Officer")):
			client = browser(user_with(*roles))
			for kind, name in (("Designation", UNCLASSIFIED), ("Department", None)):
				with self.subTest(roles=roles, kind=kind):
					found = self.ok(
						client.call(
							"frappe.desk.query_report.run",
							report_name="MKD Unclassified Roles",
							filters={"reference_doctype": kind},
						)
					)
					self.assertIn(
						name or found["result"][0]["name"], [row["name"] for row in found["result"]]
					)

	def test_whoever_may_not_is_refused(self):
		employee = subordinate()
		for user in (employee.user_id, head().user_id):
			self.refused(self.classify(user, employee.name, verdict="Not Suitable"))
