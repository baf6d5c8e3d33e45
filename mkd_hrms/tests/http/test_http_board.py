"""The coverage board as a browser asks for it: whom it shows to whom, how much of each, and what may be done from it."""

import unittest
from datetime import date

import frappe
from frappe.utils import add_days, today

from mkd_hrms import api
from mkd_hrms.constants import DAY, DELEGATION
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	days_of,
	head,
	officer,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import UNLIMITED, acting_as, make_employee, store_row
from mkd_hrms.tests.support.statements import statements_of
from mkd_hrms.tests.support.world import COMPANY, OFFICE, SERVICE_BACK_OFFICE, other_company, unit

BOARD, DAY_OF_BOARD = "/api/method/mkd_hrms.api.coverage_board", "mkd_hrms.api.coverage_board_day"
# Where nobody else is.
NEW_UNIT = "Bagian Papan"


def setUpModule():
	open_house()
	unittest.addModuleCleanup(forget)


def forget():
	frappe.db.rollback()
	frappe.db.delete(DELEGATION)
	for name in frappe.get_all("Department", {"department_name": ("like", f"{NEW_UNIT}%")}, pluck="name"):
		frappe.db.delete("Department Approver", {"parent": name})
		frappe.db.delete("Department", {"name": name})
	for doctype in ("Travel Request", "Travel Itinerary", "Training Event", "Training Event Employee"):
		frappe.db.delete(doctype, {"name": ("like", "board%")})
	frappe.db.commit()


def unit_of_a_head(user, **values):
	root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))})
	name = f"{NEW_UNIT} {frappe.generate_hash(length=6)}"
	values = {"department_name": name, "company": COMPANY, "parent_department": root, **values}
	heads = [{"approver": user}]
	return frappe.get_doc({"doctype": "Department", **values, "leave_approvers": heads}).insert().name


def a_day(employee, day, status, slot):
	values = {"mkd_date": day, "status": status, "person": employee.name, "slot": slot, "company": COMPANY}
	store_row(DAY, employee.name, **values)


def take_away(employee, days):
	"""Leave, half a day of it, a trip, training and duty elsewhere, on one day each."""
	leave, half, trip, training, duty = days
	for day, values in ((leave, {}), (half, {"half_day": 1, "half_day_date": half})):
		row = store_row("Leave Application", employee.name, from_date=day, to_date=day, docstatus=1, **values)
		row.db_set("status", "Approved", update_modified=False)
	stored_as("Travel Request", employee=employee.name, docstatus=1)
	times = {"departure_date": f"{trip} 08:00:00", "arrival_date": f"{trip} 20:00:00"}
	stored_as(
		"Travel Itinerary", parent=stored_as("Travel Request", employee=employee.name, docstatus=1), **times
	)
	times = {"start_time": f"{training} 08:00:00", "end_time": f"{training} 15:00:00"}
	event = stored_as("Training Event", docstatus=1, event_status="Scheduled", **times)
	stored_as("Training Event Employee", employee=employee.name, parent=event, parenttype="Training Event")
	values = {"from_date": duty, "to_date": duty, "reason": "On Duty", "docstatus": 1}
	store_row("Attendance Request", employee.name, **values)


def stored_as(doctype, **values):
	name = f"board{frappe.generate_hash(length=10)}"
	frappe.get_doc({"doctype": doctype, "name": name, **values}).db_insert()
	return name


class TestBoard(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.days = week()
		cls.away, cls.busy = subordinate(), subordinate()
		cls.colleague = subordinate(**UNLIMITED)
		cls.elsewhere = subordinate(department=unit(SERVICE_BACK_OFFICE))
		for slot, status in enumerate(("Worked", "Pending", "Suspended", "No Show", "Revoked")):
			a_day(cls.away, cls.days[slot], status, slot + 1)
		take_away(cls.busy, cls.days)
		frappe.db.commit()
		cls.addClassCleanup(frappe.db.delete, "Attendance Request", {"employee": cls.busy.name})

	def board(self, user, **asked):
		return self.ok(browser(user).get(BOARD, **{"start": str(self.days[0]), **asked}))

	def rows(self, user, **asked):
		"""By employee, whether he is shown in full, and his letters."""
		units = self.board(user, **asked)["units"]
		return {row[0]: (row[2], row[3]) for each in units for row in each["people"]}

	def test_a_superior_sees_everything_about_his_people_wherever_they_are(self):
		found = self.rows(head().user_id)
		self.assertEqual(found[self.away.name], (1, "MPSNOHH"))
		self.assertEqual(found[self.busy.name], (1, "LlTGTHH"))
		self.assertEqual(found[self.elsewhere.name], (1, "OOOOOHH"))

	def test_a_colleague_of_the_unit_sees_mkd_office_and_leave(self):
		answer = browser(self.colleague.user_id).get(BOARD, start=str(self.days[0]))
		found = self.rows(self.colleague.user_id)
		self.assertEqual(found[self.away.name], (0, "MOOMOHH"))
		self.assertEqual(found[self.busy.name], (0, "LlAAAHH"))
		self.assertEqual(found[self.colleague.name], (1, "OOOOOHH"))
		self.assertNotIn(self.elsewhere.name, found)
		for word in ("Suspended", "No Show", "Pending", "reason", "place"):
			self.assertNotIn(word, answer.text)

	def test_a_colleague_of_another_unit_sees_his_own_and_no_other(self):
		self.assertEqual(set(self.rows(self.elsewhere.user_id)) & {self.away.name, self.busy.name}, set())
		for name in (unit(OFFICE), "Tidak Ada"):
			asked = browser(self.elsewhere.user_id).get(BOARD, unit=name)
			self.refused(asked, f"Nobody in {name} is shown to you")
		self.refused(browser(user_with("Website Manager")).get(BOARD), "no active Employee record")

	def test_the_head_of_a_unit_sees_who_has_no_superior(self):
		chief = person(department=unit(SERVICE_BACK_OFFICE))
		name = unit_of_a_head(chief.user_id)
		employee = person(department=name)
		self.assertEqual(self.rows(chief.user_id)[employee.name], (1, "OOOOOHH"))
		units = self.ok(browser(chief.user_id).call("mkd_hrms.api.coverage_board_units"))
		self.assertIn(name, [each[0] for each in units])
		self.assertNotIn(unit(OFFICE), [each[0] for each in units])

	def test_who_acts_for_a_superior_sees_his_people_in_that_time(self):
		acting = person(department=unit(SERVICE_BACK_OFFICE))
		self.refused(browser(acting.user_id).get(BOARD, unit=unit(OFFICE)))
		doc = {
			"doctype": DELEGATION,
			"approver": head().user_id,
			"delegate": acting.user_id,
			"decree_no": "1",
		}
		doc = frappe.get_doc({**doc, "from_date": today(), "to_date": today()}).insert(
			ignore_permissions=True
		)
		frappe.db.commit()
		self.assertEqual(self.rows(acting.user_id, unit=unit(OFFICE))[self.away.name][0], 1)
		doc.db_set({"from_date": add_days(today(), -9), "to_date": add_days(today(), -1)})
		frappe.db.commit()
		self.refused(browser(acting.user_id).get(BOARD, unit=unit(OFFICE)))

	def test_hr_sees_whom_its_user_permissions_leave(self):
		hr = user_with("HR User")
		# Whoever was transferred in another test still stands in his unit here.
		frappe.db.set_value("Employee", {"company": other_company()}, "department", None)
		self.assertEqual(self.rows(hr, unit=unit(OFFICE))[self.away.name], (1, "MPSNOHH"))
		limit = {"doctype": "User Permission", "user": hr, "allow": "Company", "for_value": other_company()}
		frappe.get_doc(limit).insert()
		frappe.db.commit()
		self.refused(browser(hr).get(BOARD, unit=unit(OFFICE)), "is shown to you")
		named = browser(hr).call("mkd_hrms.api.coverage_board_units").text
		self.assertNotIn(unit(OFFICE), named)

	def test_without_a_calendar_a_day_is_unknown_and_nobody_is_said_to_be_in_the_office(self):
		self.assertEqual(self.rows(head().user_id, start="2041-03-04")[self.away.name][1], "U" * 7)

	def test_it_shows_whole_weeks_and_no_other_number_of_them(self):
		board = self.board(head().user_id, start=str(self.days[2]), weeks=2)
		self.assertEqual((board["since"], board["days"], board["today"]), (str(self.days[0]), 14, today()))
		self.refused(browser(head().user_id).get(BOARD, weeks=3), "1, 2 or 4 weeks")

	def test_what_is_asked_of_the_database_grows_with_neither_people_nor_days(self):
		def asked(weeks):
			return statements_of(lambda: api.coverage_board(unit(OFFICE), str(self.days[0]), weeks))

		with acting_as(officer()):
			asked(1)
			few = asked(1)
			for _number in range(8):
				employee = make_employee(department=unit(OFFICE), reports_to=head().name)
				a_day(employee, self.days[0], "Worked", 1)
			asked(4)
			more = asked(4)
		frappe.db.rollback()
		self.assertLess(len(few), 30)
		self.assertEqual(len(few), len(more))

	def test_a_superior_decides_and_takes_back_from_it_as_on_the_form(self):
		employee = subordinate()
		request = self.applied(employee, self.days[:2])
		asked = {"employee": employee.name, "day": str(self.days[0])}
		told = self.ok(browser(head().user_id).call(DAY_OF_BOARD, **asked))
		self.assertEqual((told["request"], told["actions"]), (request, ["Approve", "Reject"]))
		self.assertEqual(told["dates"], [str(day) for day in self.days[:2]])
		for user in (self.colleague.user_id, self.elsewhere.user_id):
			self.assertEqual(self.ok(browser(user).call(DAY_OF_BOARD, **asked)), {})
		for user in (employee.user_id, user_with("HR Manager")):
			self.assertEqual(self.ok(browser(user).call(DAY_OF_BOARD, **asked))["actions"], [])
		self.ok(act(head().user_id, told["request"], "Approve"))
		told = self.ok(browser(head().user_id).call(DAY_OF_BOARD, **asked))
		self.assertEqual((told["status"], told["way"], told["actions"]), ("Approved", "Recall", []))
		self.assertEqual(self.rows(head().user_id)[employee.name][1], "MMOOOHH")
		values = {"mkd_days": [told["day"]], "reason": "Rapat"}
		self.ok(browser(head().user_id).call("mkd_hrms.api.recall_days", **values))
		self.assertEqual([day.status for day in days_of(request)], ["Released", "Approved"])
		self.assertEqual(self.rows(head().user_id)[employee.name][1], "OMOOOHH")

	def test_a_rejection_from_it_keeps_its_reason(self):
		employee = subordinate()
		request = self.applied(employee, self.days[:1])
		note = {"doctype": "MKD Request", "name": request, "fieldname": "decision_note", "value": "Apel pagi"}
		self.ok(browser(head().user_id).call("frappe.client.set_value", **note))
		self.ok(act(head().user_id, request, "Reject"))
		self.assertEqual(stored(request).decision_note, "Apel pagi")
		self.assertEqual(self.rows(head().user_id)[employee.name][1], "OOOOOHH")

	def test_many_people_come_page_by_page(self):
		board = self.board(head().user_id, after=100000)
		self.assertEqual((board["units"], board["more"]), ([], False))
		everybody = self.rows(head().user_id)
		self.assertEqual(set(self.rows(head().user_id, after=1)), set(list(everybody)[1:]))

	def test_dates_of_a_year_ago_are_shown_too(self):
		since = date(self.days[0].year - 1, 3, 2)
		self.assertEqual(self.board(head().user_id, start=str(since))["days"], 7)


class TestRooms(HTTPCase):
	"""What is left of a unit, of a unit with everything below it, and of a counter (rule W5)."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.days = week()
		cls.above = unit_of_a_head(head().user_id, is_group=1)
		cls.unit = unit_of_a_head(head().user_id, parent_department=cls.above)
		cls.people = [make_employee(department=cls.unit) for _number in range(4)]
		for slot, away in enumerate((1, 2, 3), start=1):
			for employee in cls.people[:away]:
				a_day(employee, cls.days[slot], "Worked", slot)
		frappe.db.commit()

	def setUp(self):
		self.addCleanup(frappe.db.commit)

	def kept(self, doctype, **values):
		doc = frappe.get_doc({"doctype": doctype, "valid_from": "2026-01-01", "company": COMPANY, **values})
		doc.insert(ignore_permissions=True)
		frappe.db.commit()
		self.addCleanup(frappe.delete_doc, doctype, doc.name, force=True, ignore_permissions=True)

	def shown(self):
		asked = {"unit": self.unit, "start": str(self.days[0])}
		(found,) = self.ok(browser(head().user_id).get(BOARD, **asked))["units"]
		return found

	def test_without_a_limit_there_is_no_number(self):
		self.assertEqual((self.shown()["rooms"], self.shown()["points"]), ([None] * 7, []))

	def test_half_of_four_may_be_away(self):
		self.kept("MKD Coverage Rule", department=self.unit, cap_percent=50, legal_basis="SE 150")
		# How many more, and how many are.
		self.assertEqual(self.shown()["rooms"][:5], [[2, 0], [1, 1], [0, 2], [-1, 3], [2, 0]])

	def test_of_several_groups_the_one_with_the_least_room_counts(self):
		self.kept("MKD Coverage Rule", department=self.unit, cap_percent=50, legal_basis="SE 150")
		everybody = {"department": self.above, "counts_together": 1, "cap_percent": 0}
		self.kept("MKD Coverage Rule", legal_basis="SE 151", **everybody)
		self.assertEqual(self.shown()["rooms"][3], [-3, 3])

	def test_a_counter_has_a_row_of_its_own(self):
		members = [{"employee": employee.name} for employee in self.people[2:]]
		point = {"service_point_name": "Loket Papan", "department": self.unit, "min_on_site": 1}
		self.kept("MKD Service Point", members=members, **point)
		(found,) = self.shown()["points"]
		self.assertEqual((found[0], found[1][:5]), ("Loket Papan", [[1, 0], [1, 0], [1, 0], [0, 1], [1, 0]]))
