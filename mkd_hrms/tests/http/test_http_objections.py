"""Objections and measures through the browser: as the employee, his superior, a colleague, and HR, and around the form."""

import json

import frappe
from frappe.utils import add_days, getdate

from mkd_hrms.constants import DAY, GATE_DECISION, OBJECTION, REQUEST, SUSPENSION
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	days_of,
	head,
	officer,
	open_house,
	stored,
	subordinate,
	user_with,
	week,
)

setUpModule = open_house
STATE, LIFT = "mkd_hrms.api.objection_state", "mkd_hrms.api.lift_suspension"
GROUNDS = "Presensi saya tercatat di mesin lain"


class ObjectionCase(HTTPCase):
	def tearDown(self):
		super().tearDown()
		names = frappe.get_all(OBJECTION, pluck="name") or [""]
		frappe.db.delete("Workflow Action", {"reference_doctype": OBJECTION, "reference_name": ("in", names)})
		frappe.db.commit()

	def denied(self, **values):
		employee = subordinate(absent_on=absences(3), **values)
		return employee, self.applied(employee, week()[:1])

	def content(self, employee, name, doctype=REQUEST, **values):
		against = {"against_doctype": doctype, "against_name": name}
		return {"doctype": OBJECTION, "employee": employee.name, "grounds": GROUNDS, **against, **values}

	def filed(self, employee, name, doctype=REQUEST):
		draft = self.ok(browser(employee.user_id).insert(self.content(employee, name, doctype)))
		self.ok(self.move(employee.user_id, draft["name"], "File Objection"))
		return draft["name"]

	def move(self, user, name, action):
		doc = json.dumps({"doctype": OBJECTION, "name": name})
		return browser(user).call("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def suspended(self):
		employee = subordinate()
		today = getdate()
		values = {
			"from_date": str(today),
			"to_date": str(add_days(today, 30)),
			"ground": "Laporan tidak benar",
		}
		doc = {"doctype": SUSPENSION, "employee": employee.name, **values, "docstatus": 1}
		return employee, self.ok(browser(user_with("HR Manager")).insert(doc))["name"]


class TestTheWay(ObjectionCase):
	def test_from_the_denial_to_the_approval(self):
		employee, request = self.denied()
		client = browser(employee.user_id)
		state = self.ok(client.call(STATE, doctype=REQUEST, name=request))
		self.assertTrue(state["may_object"])
		name = self.filed(employee, request)
		state = self.ok(client.call(STATE, doctype=REQUEST, name=request))
		self.assertEqual((state["status"], state["objection"]), ("Pending Decision", name))
		self.refused(self.move(officer(), name, "Uphold"), "reason of the decision")
		self.ok(browser(officer()).set_value(OBJECTION, name, decision_reason="Diperiksa ulang"))
		self.ok(self.move(officer(), name, "Uphold"))
		self.stands(request, "Pending Approval", ["Pending"])
		(gate,) = frappe.get_all(GATE_DECISION, {"employee": employee.name}, ["gate", "about", "decided_by"])
		self.assertEqual((gate.gate, gate.about, gate.decided_by), ("Absence", "Fail", officer()))
		self.ok(act(head().user_id, request, "Approve"))
		self.stands(request, "Approved", ["Approved"])
		self.assertIn("Diperiksa ulang", str(self.ok(client.resource(OBJECTION, name))))

	def test_nobody_decides_his_own_nor_goes_around_the_form(self):
		employee, request = self.denied()
		name = self.filed(employee, request)
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		frappe.db.commit()
		client = browser(employee.user_id)
		self.ok(client.set_value(OBJECTION, name, decision_reason="Dikabulkan"))
		self.assertFalse(stored(name, OBJECTION).decision_reason)
		for action in ("Uphold", "Dismiss Objection"):
			self.refused(self.move(employee.user_id, name, action))
		for values in ({"status": "Upheld"}, {"docstatus": 1}, {"workflow_state": "Upheld", "docstatus": 1}):
			self.refused(client.set_value(OBJECTION, name, **values))
		self.refused(client.delete(f"/api/resource/{OBJECTION}/{name}"))
		found = stored(name, OBJECTION)
		self.assertEqual((found.status, found.docstatus), ("Pending Decision", 0))
		self.stands(request, "Denied", [])

	def test_a_second_one_and_one_for_somebody_else_are_refused(self):
		employee, request = self.denied()
		other = self.denied()[0]
		self.refused(browser(other.user_id).insert(self.content(employee, request)), "for yourself only")
		self.refused(browser(other.user_id).insert(self.content(other, request)), "not about this employee")
		self.filed(employee, request)
		self.refused(browser(employee.user_id).insert(self.content(employee, request)), "already")


class TestWhoSees(ObjectionCase):
	def test_the_employee_and_hr_and_nobody_else(self):
		employee, request = self.denied()
		colleague = subordinate()
		name = self.filed(employee, request)
		for user, sees in (
			(employee.user_id, True),
			(officer(), True),
			(user_with("HR User"), True),
			(head().user_id, False),
			(colleague.user_id, False),
		):
			with self.subTest(user):
				self.assertEqual(self.sees(user, OBJECTION, name), (sees, sees, sees))
		self.assertEqual(self.ok(browser(head().user_id).call(STATE, doctype=REQUEST, name=request)), {})
		self.refused(browser(colleague.user_id).call(STATE, doctype=REQUEST, name=request))

	def test_a_suspension_is_for_the_employee_and_hr(self):
		employee, name = self.suspended()
		colleague = subordinate()
		for user, sees in ((employee.user_id, True), (officer(), True), (head().user_id, False)):
			self.assertEqual(self.sees(user, SUSPENSION, name)[:2], (sees, sees), user)
		self.assertEqual(self.sees(colleague.user_id, SUSPENSION, name)[:2], (False, False))
		self.refused(browser(colleague.user_id).call(STATE, doctype=SUSPENSION, name=name))

	def sees(self, user, doctype, name):
		"""Whether he opens it, finds it in the list, and has an open action for it in his list."""
		client = browser(user)
		opened = client.resource(doctype, name).status_code == 200
		filters = json.dumps({"name": name})
		listed = bool(client.get(f"/api/resource/{doctype}", filters=filters).json().get("data"))
		actions = client.get("/api/resource/Workflow Action", filters=json.dumps({"reference_name": name}))
		return opened, listed, bool(actions.json().get("data"))

	def test_the_superior_who_confirmed_an_absence_sees_that_it_is_objected_to_and_not_why(self):
		employee = subordinate()
		request = self.applied(employee, week()[:1])
		self.ok(act(head().user_id, request, "Approve"))
		(day,) = days_of(request)
		frappe.db.set_value(DAY, day.name, {"mkd_date": getdate(), "absence_proposed": 1})
		frappe.db.commit()
		confirm = {"mkd_day": day.name, "confirmed": 1, "reason": "Tidak dapat dihubungi"}
		self.ok(browser(head().user_id).call("mkd_hrms.api.confirm_no_show", **confirm))
		name = self.filed(employee, day.name, DAY)
		state = self.ok(browser(head().user_id).call(STATE, doctype=DAY, name=day.name))
		self.assertEqual((state["status"], state["objection"]), ("Pending Decision", None))
		self.refused(browser(head().user_id).resource(OBJECTION, name))
		self.ok(browser(officer()).set_value(OBJECTION, name, decision_reason="Ada bukti"))
		self.ok(self.move(officer(), name, "Uphold"))
		self.assertEqual(stored(day.name, DAY).status, "Worked")
		row = stored(stored(day.name, DAY).attendance, "Attendance")
		self.assertEqual((row.status, row.docstatus), ("Work From Home", 1))
		revocation = frappe.get_all(SUSPENSION, {"employee": employee.name}, ["status", "docstatus"])
		self.assertEqual([(entry.status, entry.docstatus) for entry in revocation], [("Annulled", 2)])


class TestLifting(ObjectionCase):
	def test_hr_lifts_and_neither_the_employee_nor_his_superior_does(self):
		employee, name = self.suspended()
		for user in (employee.user_id, head().user_id, user_with("HR User")):
			self.refused(browser(user).call(LIFT, suspension=name, reason="Cukup"))
			self.refused(browser(user).set_value(SUSPENSION, name, to_date=str(getdate())))
		self.refused(browser(officer()).set_value(SUSPENSION, name, to_date=str(getdate())))
		self.refused(
			browser(officer()).set_value(SUSPENSION, name, status="Lifted", lifted_on=str(getdate()))
		)
		self.ok(browser(officer()).call(LIFT, suspension=name, reason="Bukti baru"))
		found = stored(name, SUSPENSION)
		self.assertEqual(
			(found.status, found.lifted_by, found.lift_reason), ("Lifted", officer(), "Bukti baru")
		)
		self.stands(self.applied(employee, week()[:1]), "Pending Approval", ["Pending"])
