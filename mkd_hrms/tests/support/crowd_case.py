"""What tests of a crowd share: two servers, people who are logged in, and what must hold after a rush."""

from functools import partial
from unittest import SkipTest, addModuleCleanup

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.tests.support.crowd import (
	BROKEN,
	DONE,
	FULL,
	TAKEN,
	Crowd,
	act,
	at_once,
	counted,
	insert,
	name_in,
)
from mkd_hrms.tests.support.ledger_audit import faults, used_dates
from mkd_hrms.tests.support.served_application import VARIABLE, IsolatedServer, knows_variable

LIMIT = 4
PLAN = [{"activity": "Menyusun naskah", "output": "Naskah", "target": "1"}]
# Four who compete with themselves, and ten who compete with nobody.
SOLOISTS, CHOIR = 4, 10


def open_stage():
	"""For `setUpModule`: a server for each way to treat an old snapshot, and one crowd for both."""
	frappe.set_user("Administrator")
	known = knows_variable()
	if not known:
		print(f"\n*** This MariaDB knows no {VARIABLE}: half of the tests of the crowd are skipped. ***")
	for isolation in ("OFF", "ON") if known else ("OFF",):
		server = IsolatedServer(isolation if known else None).start()
		addModuleCleanup(server.stop)
		CrowdCase.servers[isolation] = server
	CrowdCase.crowd = Crowd(CrowdCase.servers["OFF"], SOLOISTS + CHOIR)


class CrowdCase:
	"""One of the servers, and the soloist for whom its tests write; each test has weeks of its own."""

	servers = {}  # noqa: RUF012
	crowd = None
	isolation = "OFF"
	soloist = 0

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		if cls.isolation not in cls.servers:
			raise SkipTest(f"MariaDB knows no {VARIABLE}")
		cls.employee = cls.crowd.people[cls.soloist]
		cls.client = cls.client_of(cls.employee.user_id)
		cls.boss = cls.client_of(cls.crowd.boss.user_id)

	@classmethod
	def client_of(cls, user):
		return cls.crowd.client_of(user, cls.servers[cls.isolation])

	def setUp(self):
		forget_that_policies_were_used()

	def assert_readable(self, answers):
		self.assertEqual([answer for answer in answers if answer.kind == BROKEN], [])

	def assert_all_done(self, answers):
		self.assertEqual([answer for answer in answers if answer.kind != DONE], [])

	def assert_refusals_fit(self, answers, asked, week):
		"""A date that is taken is refused as taken, any other because the week is full."""
		used = used_dates(self.employee, week)
		for answer, day in zip(answers, asked, strict=True):
			if answer.kind == DONE:
				continue
			self.assertEqual(answer.kind, TAKEN if day in used else FULL, (day, used, answer))
			if answer.kind == FULL:
				self.assertEqual(answer.weeks, {iso_week(day): (LIMIT, LIMIT, 1)})

	def assert_exactly_full(self, week):
		self.assertEqual(len(used_dates(self.employee, week)), LIMIT)
		self.assertEqual(faults([self.employee]), {})

	def drafts(self, days):
		"""Drafts of one day each, every second one with a work plan."""
		answers = at_once(
			[
				partial(insert, self.client, self.employee, [day], work_plan=PLAN[: number % 2])
				for number, day in enumerate(days)
			]
		)
		self.assert_all_done(answers)
		return [name_in(answer.response) for answer in answers]

	def send_twenty_drafts(self, week):
		asked = week * 4
		drafts = self.drafts(asked)
		answers = self.apply_all(drafts)
		self.assert_readable(answers)
		self.assertEqual(counted(answers)[DONE], LIMIT)
		self.assert_refusals_fit(answers, asked, week)
		self.assert_exactly_full(week)
		states = frappe.get_all(REQUEST, filters={"name": ("in", drafts)}, pluck="status")
		self.assertEqual(sorted(states), ["Draft"] * 16 + ["Pending Approval"] * LIMIT)

	def apply_all(self, names):
		return at_once([partial(act, self.client, name, "Apply") for name in names])


def forget_that_policies_were_used():
	"""The first use of a policy is noted on it, so the crowd has to compete for that note, too."""
	frappe.db.set_value("MKD Policy", {"docstatus": 1}, "first_used_on", None)
	frappe.db.commit()
	frappe.cache.delete_value("mkd_policies_used")
