"""Nobody writes beside the form what the form would not write: new requests, rows, imports, registers."""

import json

import frappe
from frappe.core.doctype.data_import.data_import import start_import

from mkd_hrms.constants import DAY, ELIGIBILITY, REQUEST
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.http_doors import APPROVED_BY_HAND, BypassCase
from mkd_hrms.tests.support.http_world import (
	absences,
	act,
	browser,
	days_of,
	decider,
	head,
	officer,
	open_house,
	plain,
	requests_of,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COUNTER, UNCLASSIFIED

setUpModule = open_house


class TestNewRequests(BypassCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()
		cls.officer = officer()

	def asked(self, **values):
		return factories.asked(self.employee, week()[:2], **values)

	def test_no_request_begins_submitted_or_decided(self):
		before, days = requests_of(self.employee), frappe.db.count(DAY, {"employee": self.employee.name})
		for values in (
			{"docstatus": 1},
			{"status": "Approved"},
			{"workflow_state": "Approved"},
			{"status": "Pending Approval"},
			{"workflow_state": "Pending Approval"},
			{"status": "Pending Approval", "workflow_state": "Pending Approval", "docstatus": 1},
			{"status": "Pending HR Review", "workflow_state": "Pending HR Review"},
			{"status": "Approved", "docstatus": 1},
			APPROVED_BY_HAND,
		):
			doc = self.asked(**values)
			for user in (self.employee.user_id, self.officer):
				client = browser(user)
				for response in (
					client.insert(doc),
					client.call("frappe.client.insert", doc=doc),
					client.call("frappe.client.insert_many", docs=[self.asked(), doc]),
					client.call("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Submit"),
				):
					with self.subTest(user=user, **values):
						self.refused(response)
		self.assertEqual(requests_of(self.employee), before)
		self.assertEqual(frappe.db.count(DAY, {"employee": self.employee.name}), days)

	def test_what_the_services_write_is_not_taken_from_who_applies_at_once(self):
		"""As it is made, an application is judged as one that was a draft before."""
		of_others = {"outcome": "Eligible", "approver": self.employee.user_id, "decided_by": self.officer}
		doc = self.asked(
			status="Pending Approval", workflow_state="Pending Approval", has_internet="No", **of_others
		)
		request = self.ok(browser(self.employee.user_id).insert(doc))
		denied = stored(request["name"])
		self.assertEqual(
			(denied.status, denied.outcome, denied.approver, denied.decided_by),
			("Denied", "Not Eligible", None, None),
		)
		self.assertEqual(days_of(request["name"]), [])

	def test_submitting_a_new_form_stores_nothing(self):
		before = requests_of(self.employee)
		doc = json.dumps({**self.asked(), "__islocal": 1, "name": "new-mkd-request-1"})
		forged = json.dumps({**json.loads(doc), **APPROVED_BY_HAND})
		for user in (self.employee.user_id, self.officer):
			for sent, action in ((doc, "Submit"), (forged, "Submit"), (forged, "Save")):
				self.refused(browser(user).call("frappe.desk.form.save.savedocs", doc=sent, action=action))
		self.assertEqual(requests_of(self.employee), before)

	def test_computed_values_sent_along_are_forgotten(self):
		forged = {
			"approver": self.employee.user_id,
			"outcome": "Eligible",
			"findings": '{"forged": 1}',
			"urgent": 1,
		}
		forged |= {
			"on_behalf": 1,
			"decided_by": head().user_id,
			"objection_until": "2099-12-31",
			"failed_gates": "X",
		}
		name = self.ok(browser(self.employee.user_id).insert(self.asked(**forged)))["name"]
		for request in (stored(name), self.changed(name, forged)):
			for field in forged:
				with self.subTest(field):
					self.assertFalse(request.get(field))
		self.ok(act(self.employee.user_id, name, "Apply"))
		request = self.stands(name, "Pending Approval", ["Pending"] * 2)
		self.assertEqual((request.approver, request.urgent, request.on_behalf), (head().user_id, 0, 0))
		self.assertNotIn("forged", request.findings)
		self.ok(act(self.employee.user_id, name, "Withdraw"))

	def changed(self, name, values):
		self.ok(browser(self.employee.user_id).set_value(REQUEST, name, **values))
		return stored(name)

	def test_applying_by_hand_is_judged_like_the_button(self):
		employee = subordinate(designation=COUNTER)
		name = self.drafted(employee, week()[:2])
		pending = {"status": "Pending Approval", "workflow_state": "Pending Approval"}
		for values in (
			{"status": "Pending Approval"},
			{"workflow_state": "Pending Approval"},
			APPROVED_BY_HAND,
		):
			self.refused(
				self.does_nothing(name, browser(employee.user_id).set_value, REQUEST, name, **values)
			)
		browser(employee.user_id).set_value(REQUEST, name, **pending, outcome="Eligible")
		self.assertEqual(self.stands(name, "Denied", []).failed_gates, "Role")

	def test_a_copy_and_an_amendment_begin_as_drafts(self):
		name = self.approved(self.employee, week(1)[:2])
		copy = plain(stored(name).as_dict(no_nulls=True))
		self.refused(browser(self.employee.user_id).insert(copy))
		self.ok(act(self.officer, name, "Cancel"))
		copy["amended_from"] = name
		for user in (self.employee.user_id, self.officer):
			self.refused(browser(user).insert(copy))
		amendment = self.drafted(self.employee, week(1)[:2], user=self.officer, amended_from=name)
		request = self.stands(amendment, "Draft", [])
		self.assertFalse(request.approver or request.decided_by or request.findings or request.policy)


class TestImport(BypassCase):
	"""HR imports drafts; a file decides nothing."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()
		cls.importer = user_with("MKD Officer", "HR Manager", "System Manager")

	def imported(self, kind, rows, submit=0):
		"""The form and the file over HTTP, then what the background job does. Returns the import's status."""
		client = browser(self.importer)
		content = "\n".join(",".join(map(str, row)) for row in rows)
		file = self.ok(client.insert({"doctype": "File", "file_name": "requests.csv", "content": content}))
		form = {"reference_doctype": REQUEST, "import_type": kind, "import_file": file["file_url"]}
		name = self.ok(client.insert({"doctype": "Data Import", "submit_after_import": submit, **form}))[
			"name"
		]
		self.addCleanup(client.delete, f"/api/resource/File/{file['name']}")
		self.addCleanup(client.delete, f"/api/resource/Data Import/{name}")
		frappe.db.rollback()
		with acting_as(self.importer):
			start_import(name)
		frappe.db.commit()
		return frappe.db.get_value("Data Import", name, "status")

	def row(self, days, *more):
		values = (
			self.employee.name,
			"Dates",
			days[0],
			days[1],
			"Registered Residence",
			"Import",
			"Yes",
			"Yes",
		)
		return (*values, *more)

	HEAD = (
		"employee",
		"request_type",
		"from_date",
		"to_date",
		"place",
		"reason",
		"has_computer",
		"has_internet",
	)

	def test_a_file_makes_drafts(self):
		before = requests_of(self.employee)
		self.assertEqual(self.imported("Insert New Records", [self.HEAD, self.row(week()[:2])]), "Success")
		(name,) = set(requests_of(self.employee)) - set(before)
		self.stands(name, "Draft", [])

	def test_a_file_submits_and_approves_nothing(self):
		before = requests_of(self.employee)
		for submit, columns, values in (
			(1, (), ()),
			(0, ("status",), ("Approved",)),
			(1, ("status", "workflow_state"), ("Approved", "Approved")),
			(0, ("docstatus", "status", "workflow_state"), (1, "Approved", "Approved")),
		):
			with self.subTest(columns, submit=submit):
				rows = [(*self.HEAD, *columns), self.row(week()[:2], *values)]
				self.assertEqual(self.imported("Insert New Records", rows, submit), "Error")
		self.assertEqual(requests_of(self.employee), before)

	def test_a_file_changes_no_status(self):
		name = self.applied(self.employee, week(1)[:2])
		for columns, values in (
			(("status",), ("Approved",)),
			(("status", "workflow_state"), ("Approved", "Approved")),
			(("workflow_state",), ("Approved",)),
			(("reason",), ("Other",)),
		):
			with self.subTest(columns):
				before = stored(name).as_dict()
				status = self.imported("Update Existing Records", [("name", *columns), (name, *values)])
				self.assertEqual(status, "Error")
				self.assertEqual(stored(name).as_dict(), before)


class TestRegisters(BypassCase):
	def test_nobody_writes_the_ledger_or_a_standing(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		day = days_of(name)[0].name
		forged_day = {"mkd_date": str(week()[2]), "status": "Approved", "person": employee.name}
		for user in (employee.user_id, head().user_id, officer(), user_with("System Manager")):
			client = browser(user)
			for response in (
				client.insert({"doctype": DAY, "employee": employee.name, **forged_day}),
				client.insert({"doctype": ELIGIBILITY, "employee": employee.name, "outcome": "Eligible"}),
				client.set_value(DAY, day, status="Approved"),
				client.set_value(DAY, day, status="Released", person=None),
				client.call(
					"frappe.client.set_value", doctype=DAY, name=day, fieldname="status", value="Approved"
				),
				client.delete(f"/api/resource/{DAY}/{day}"),
				client.call("frappe.client.delete", doctype=DAY, name=day),
			):
				with self.subTest(user=user, url=response.request.url):
					self.refused(response)
		self.assertEqual([entry.status for entry in days_of(name)], ["Pending"])
		self.assertFalse(frappe.db.exists(ELIGIBILITY, {"employee": employee.name}))

	def test_hr_decides_no_register_about_himself(self):
		employee = decider(reports_to=head(), designation=UNCLASSIFIED)
		name = self.applied(employee, week()[:2])
		self.stands(name, "Pending HR Review", ["Pending"] * 2)
		for action in ("Evaluate Again", "Reject"):
			self.refused(self.does_nothing(name, act, employee.user_id, name, action))
		client, own = browser(employee.user_id), {"employee": employee.name}
		suitable = {"reference_doctype": "Employee", "reference_name": employee.name, "verdict": "Suitable"}
		criteria = "away_from_post no_special_room uses_ict minimal_face_to_face no_continuous_supervision"
		suitable |= {"valid_from": "2023-06-19", "decree_no": "1", **dict.fromkeys(criteria.split(), 1)}
		result = {"source": "Manual", "period_start": "2025-01-01", "period_end": "2025-12-31"}
		for doc in (
			{"doctype": "MKD Suitability", **suitable},
			{
				"doctype": "MKD Performance Record",
				**own,
				**result,
				"predicate": "Sangat Baik",
				"docstatus": 1,
			},
		):
			with self.subTest(doc["doctype"]):
				self.refused(client.insert(doc))

	def test_hr_does_not_lift_a_sanction_or_a_suspension_of_his_own(self):
		employee = decider(reports_to=head())
		first, last = str(absences(1)[0]), str(week()[4])
		sanction = {"doctype": "MKD Discipline Record", "level": "Medium", "stage": "In Process"}
		pause = {"doctype": "MKD Suspension", "to_date": last, "ground": "Other", "reference": "1"}
		for values in (sanction, pause):
			doc = frappe.get_doc({**values, "employee": employee.name, "from_date": first})
			doc.insert(ignore_mandatory=True).submit()
			frappe.db.commit()
			client, key = browser(employee.user_id), {"doctype": doc.doctype, "name": doc.name}
			with self.subTest(doc.doctype):
				self.refused(client.call("frappe.client.cancel", **key))
				self.assertEqual(stored(doc.name, doc.doctype).docstatus, 1)
