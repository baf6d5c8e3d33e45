"""Many writers at once, over HTTP: the quota holds exactly, and nobody is shown what only a programmer understands.

Every scenario runs twice, because MariaDB can treat an old snapshot in two ways (`innodb_snapshot_isolation`).
"""

from functools import cache, partial

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms import setup
from mkd_hrms.constants import MODULE, REQUEST
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.services.platform import server_scripts
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.crowd import (
	CHANGED,
	DONE,
	NO_ROOM,
	act,
	at_once,
	bench_without_scripts,
	counted,
	insert,
	insert_and_apply,
	name_in,
	weeks_ahead,
	withdraw_day,
)
from mkd_hrms.tests.support.crowd_case import LIMIT, PLAN, SOLOISTS, CrowdCase, open_stage
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import eligible
from mkd_hrms.tests.support.ledger_audit import faults, used_dates
from mkd_hrms.tests.support.unit_case import make_rule, make_unit

setUpModule = open_stage


class OnePerson(CrowdCase):
	"""Twenty writers for one person and one week."""

	def test_twenty_applications_written_and_sent_at_once_fill_the_week_exactly(self):
		week = weeks_ahead(1)[0]
		asked = week * 4
		answers = at_once([partial(insert_and_apply, self.client, self.employee, [day]) for day in asked])
		self.assert_readable(answers)
		self.assertEqual(counted(answers)[DONE], LIMIT)
		self.assert_refusals_fit(answers, asked, week)
		self.assert_exactly_full(week)

	def test_of_twenty_drafts_sent_at_once_as_many_stand_as_the_week_holds(self):
		self.send_twenty_drafts(weeks_ahead(2)[1])

	def test_applications_decisions_and_withdrawals_at_once_never_exceed_the_limit(self):
		week, other = weeks_ahead(4)[2:]
		drafts = self.drafts([*week * 2, *other * 2])
		pending, waiting = [*drafts[:4], *drafts[10:14]], [*drafts[4:10], *drafts[14:]]
		self.assert_all_done(self.apply_all(pending))
		actions = "Approve Approve Reject Withdraw Approve Reject Reject Withdraw".split()
		decisions = [
			partial(act, self.client if action == "Withdraw" else self.boss, name, action)
			for name, action in zip(pending, actions, strict=True)
		]
		answers = at_once([*decisions, *(partial(act, self.client, name, "Apply") for name in waiting)])
		self.assert_readable(answers)
		self.assert_all_done(answers[:8])
		self.assertEqual(faults([self.employee]), {})
		# After the rush each draft is sent once more, until the weeks are full.
		self.assert_readable(self.apply_all(still_drafts(waiting)))
		self.assert_exactly_full(week)
		self.assert_exactly_full(other)

	def test_a_used_day_above_a_fallen_limit_counts_for_twenty_writers_as_well(self):
		week = weeks_ahead(7)[6]
		for name in [self.apply_for(day) for day in week[:LIMIT]][:-1]:
			self.assertEqual(act(self.client, name, "Withdraw").status_code, 200)
		held = {"person": self.employee.name, "iso_week": iso_week(week[0])}
		self.assertEqual(frappe.get_all("MKD Day", held, pluck="slot"), [LIMIT])
		# Two days of leave leave three working days, and one of them stays in the office.
		leave_on(self.employee, week[0], to_date=week[1])
		frappe.db.commit()
		asked = [week[2], week[4]] * 10
		answers = at_once([partial(insert_and_apply, self.client, self.employee, [day]) for day in asked])
		self.assert_readable(answers)
		self.assertEqual(counted(answers)[DONE], 1)
		self.assertEqual(len(used_dates(self.employee, week)), 2)
		self.assertEqual(faults([self.employee]), {})

	def apply_for(self, day):
		(name,) = self.drafts([day])
		self.assert_all_done(self.apply_all([name]))
		return name

	def test_of_two_decisions_about_one_request_one_stands_and_the_other_is_told(self):
		for day in weeks_ahead(5)[4][:LIMIT]:
			(name,) = self.drafts([day])
			self.assert_all_done(self.apply_all([name]))
			answers = at_once(
				[partial(act, self.boss, name, "Approve"), partial(act, self.client, name, "Withdraw")]
			)
			self.assert_readable(answers)
			self.assertEqual(counted(answers), {DONE: 1, CHANGED: 1}, answers)
		self.assertEqual(faults([self.employee]), {})

	def test_single_days_withdrawn_at_once_leave_no_approved_request_without_a_day(self):
		days = weeks_ahead(6)[5][:2]
		request = name_in(insert(self.client, self.employee, days))
		self.assertEqual(act(self.client, request, "Apply").status_code, 200)
		self.assertEqual(act(self.boss, request, "Approve").status_code, 200)
		jobs = [partial(withdraw_day, self.client, request, day) for day in days]
		answers = at_once(jobs)
		self.assert_readable(answers)
		for answer, job in zip(answers, jobs, strict=True):
			if answer.kind == CHANGED:
				self.assertEqual(job().status_code, 200)
		self.assertEqual(faults([self.employee]), {})
		self.assertEqual(frappe.db.get_value(REQUEST, request, "status"), "Revoked")


class ManyPeople(CrowdCase):
	"""Ten persons with four requests each: nobody competes with anybody, so everything succeeds."""

	def setUp(self):
		super().setUp()
		self.people = self.crowd.people[SOLOISTS:]
		self.clients = [self.client_of(employee.user_id) for employee in self.people]

	def test_ten_people_apply_and_their_superior_decides_at_once(self):
		week = weeks_ahead(2)[self.soloist][:LIMIT]
		names = self.written(week)
		owners = self.clients * LIMIT
		self.all_done(names, owners, ["Apply"] * 40)
		deciders = [self.boss] * 30 + owners[30:]
		self.all_done(names, deciders, ["Approve"] * 20 + ["Reject"] * 10 + ["Withdraw"] * 10)
		for employee in self.people:
			self.assertEqual(used_dates(employee, week), week[:2])

	def test_applications_and_withdrawals_go_on_while_hr_changes_the_superior(self):
		week = weeks_ahead(6)[4 + self.soloist][:2]
		names = self.written(week)
		self.all_done(names[:10], self.clients, ["Apply"] * 10)
		moves = zip(self.clients * 2, names, ["Withdraw"] * 10 + ["Apply"] * 10, strict=True)
		change, *answers = at_once([self.change_superiors, *(partial(act, *move) for move in moves)])
		self.assert_all_done([change])
		self.assert_readable(answers)
		self.assertLessEqual(set(counted(answers)), {DONE, CHANGED})
		self.assertEqual(faults(self.people), {})
		pending = {"name": ("in", names), "status": "Pending Approval"}
		self.assertEqual(set(frappe.get_all(REQUEST, pending, pluck="approver")), {self.crowd.boss.user_id})

	def change_superiors(self):
		"""HR gives some another superior and then the old one again, one person after the other.

		Employee and User are the platform's documents: a strict MariaDB may undo a change of theirs, and HR repeats it.
		"""
		hr = self.client_of(self.crowd.hr)
		for superior in (self.crowd.people[0], self.crowd.boss):
			for employee in self.people[:2]:
				for _attempt in range(5):
					response = hr.set_value("Employee", employee.name, reports_to=superior.name)
					if response.ok:
						break
		return response

	def test_when_the_bench_forbids_scripts_everybody_can_go_on_at_once(self):
		self.addCleanup(switch_scripts, disabled=1)
		switch_scripts(disabled=0)
		day = weeks_ahead(4)[2 + self.soloist][0]
		pairs = zip(self.clients, self.people, strict=True)
		with bench_without_scripts():
			answers = at_once([partial(insert_and_apply, *pair, [day]) for pair in pairs])
		self.assert_all_done(answers)
		frappe.db.rollback()
		self.assertEqual(frappe.get_all("Server Script", {"module": MODULE}, pluck="disabled"), [1, 1])

	def written(self, week):
		"""A draft for each day and person, those of Monday and Wednesday with a work plan."""
		answers = at_once(
			[
				partial(insert, client, employee, [day], work_plan=PLAN[: day.isoweekday() % 2])
				for day in week
				for client, employee in zip(self.clients, self.people, strict=True)
			]
		)
		self.assert_all_done(answers)
		return [name_in(answer.response) for answer in answers]

	def all_done(self, names, clients, actions):
		moves = zip(clients, names, actions, strict=True)
		self.assert_all_done(at_once([partial(act, *move) for move in moves]))
		self.assertEqual(faults(self.people), {})


class OnePersonAndServerScripts(CrowdCase):
	"""The shipped scripts neither add to the limit nor are needed for it."""

	def tearDown(self):
		setup.server_scripts.restore()
		switch_scripts(disabled=1)

	def test_with_the_scripts_on_the_week_fills_exactly(self):
		switch_scripts(disabled=0)
		self.send_twenty_drafts(weeks_ahead(4)[2])

	def test_with_the_scripts_deleted_the_week_fills_exactly(self):
		setup.server_scripts.remove()
		frappe.db.commit()
		self.send_twenty_drafts(weeks_ahead(4)[3])


class OneUnit(CrowdCase):
	"""Twenty people of one unit and one date: half of them may work away, and exactly half are approved (W5)."""

	def test_of_twenty_approvals_at_once_as_many_stand_as_the_unit_has_room_for(self):
		day = weeks_ahead(1)[0][self.soloist]
		names = [applied_by_hr(employee, day, self.crowd.hr) for employee in staff_of(self.crowd)]
		frappe.db.commit()
		answers = at_once([partial(act, self.boss, name, "Approve") for name in names])
		self.assert_readable(answers)
		self.assertEqual(counted(answers), {DONE: 10, NO_ROOM: 10})
		frappe.db.rollback()
		states = frappe.get_all(REQUEST, filters={"name": ("in", names)}, pluck="status")
		self.assertEqual(sorted(states), ["Approved"] * 10 + ["Pending Approval"] * 10)
		for answer in answers:
			if answer.kind == NO_ROOM:
				self.assertIn(
					"at most 10 of 20 people may work away (SE 7/2026), and 10 do already", answer.said
				)


class TestOnePerson(OnePerson, FrappeTestCase):
	pass


class TestOnePersonOnStrictSnapshots(OnePerson, FrappeTestCase):
	isolation = "ON"
	soloist = 1


class TestManyPeople(ManyPeople, FrappeTestCase):
	pass


class TestManyPeopleOnStrictSnapshots(ManyPeople, FrappeTestCase):
	isolation = "ON"
	soloist = 1


class TestOneUnit(OneUnit, FrappeTestCase):
	pass


class TestOneUnitOnStrictSnapshots(OneUnit, FrappeTestCase):
	isolation = "ON"
	soloist = 1


class TestOnePersonAndServerScripts(OnePersonAndServerScripts, FrappeTestCase):
	soloist = 2


class TestOnePersonAndServerScriptsOnStrictSnapshots(OnePersonAndServerScripts, FrappeTestCase):
	isolation = "ON"
	soloist = 3


@cache
def staff_of(crowd):
	"""A unit of twenty people without users, of whom half may work away."""
	department = make_unit("Bidang Ramai")
	make_rule(department, cap_percent=50)
	staff = [eligible(reports_to=crowd.boss, department=department, with_user=False) for _number in range(20)]
	frappe.db.commit()
	return staff


def applied_by_hr(employee, day, hr):
	return factories.act(factories.draft(employee, [day], user=hr), "Apply", hr).name


def still_drafts(names):
	return frappe.get_all(REQUEST, filters={"name": ("in", names), "status": "Draft"}, pluck="name")


def switch_scripts(disabled):
	server_scripts.switch(disabled)
	frappe.db.commit()
