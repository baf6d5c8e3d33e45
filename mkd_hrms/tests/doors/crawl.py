"""Everybody tries every door to the records of one person, and is told what he may know and nothing else (rule P3).

It knows that it looked: everybody finds his own secrets by the same calls, what is opened on purpose is found, and the
answers are counted by their status.
"""

import json
import os
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import DISCIPLINE_RECORD, REQUEST
from mkd_hrms.tests.doors import doors
from mkd_hrms.tests.doors.visitors import everybody
from mkd_hrms.tests.support.http_world import browser, head, officer, open_house, subordinate
from mkd_hrms.tests.support.planted import CHECKIN, Planted

setUpModule = open_house

# All visitors together; whoever needs longer on a slow machine says so.
SECONDS = int(os.environ.get("MKD_DOORS_SECONDS") or 900)
AT_ONCE = 6
# What the platform notes beside a record about who looked at it.
NOTED = ("_seen", "_comments", "_liked_by", "_user_tags", "_assign")


class Round:
	"""One visitor's calls and what came of them."""

	def __init__(self, visitor, planted):
		self.visitor, self.planted = visitor, planted
		self.statuses, self.found, self.left = Counter(), defaultdict(list), 0

	def go(self, calls, until):
		with ThreadPoolExecutor(AT_ONCE) as pool:
			for _done in pool.map(lambda call: self.ask(call, until), calls):
				pass
		return self

	def ask(self, call, until):
		if time.monotonic() > until:
			self.left += 1
			return
		status, text = self.visitor.ask(call)
		self.statuses[status] += 1
		sent = f"{call.path} {call.arguments}"
		for what in self.planted.found_in(text) - self.planted.found_in(sent):
			self.found[what].append(f"{call.how} {call.path} {json.dumps(call.arguments, default=str)[:300]}")

	def __str__(self):
		counted = ", ".join(f"{count} x {status}" for status, count in self.statuses.most_common())
		return f"{self.visitor.name}: {sum(self.statuses.values())} calls ({counted})"


class TestDoors(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.until = time.monotonic() + SECONDS
		cls.target = Planted(subordinate(), head().user_id)
		cls.visitors = everybody(browser(officer()).server)
		frappe.db.commit()
		cls.addClassCleanup(cls.remove)

	@classmethod
	def remove(cls):
		for planted in (cls.target, *(visitor.own for visitor in cls.visitors if visitor.own)):
			planted.remove()

	def state(self):
		"""Our records of the one with the secrets, as they are stored now."""
		frappe.db.rollback()
		rows = {}
		for doctype, name in self.target.names.items():
			if doctype == CHECKIN:
				# Frappe HR's, and put back.
				continue
			row = frappe.db.get_value(doctype, name, "*", as_dict=True) or {}
			rows[doctype] = {column: value for column, value in row.items() if column not in NOTED}
			count = frappe.db.count(doctype, {"employee": self.target.employee.name})
			rows[doctype]["rows"] = count
		return rows

	def test_nobody_is_told_more_than_he_may_know(self):
		before = self.state()
		for visitor in self.visitors:
			kinds = doors.reading if visitor.only_reads else doors.everything
			round_of = Round(visitor, self.target).go(kinds(self.target, visitor), self.until)
			print(round_of, flush=True)
			self.target.put_back()
			with self.subTest(visitor.name):
				self.assertEqual(round_of.left, 0, "not tried: there was no time")
				too_much = {
					what: calls[:4] for what, calls in round_of.found.items() if what not in visitor.may
				}
				self.assertEqual(too_much, {}, json.dumps(too_much, indent=1))
				self.assertEqual(self.state(), before)
				self.assertTrue(
					visitor.may <= set(round_of.found) | {"ToDo", "File"}, visitor.may - set(round_of.found)
				)

	def test_everybody_finds_his_own_by_the_same_calls(self):
		for visitor in (self.visitors[1], self.visitors[2], self.visitors[4]):
			round_of = Round(visitor, visitor.own).go(doors.reading(visitor.own, visitor), self.until)
			print("his own:", round_of, flush=True)
			with self.subTest(visitor.name):
				hidden = {what for what in visitor.own.words if what not in round_of.found}
				self.assertLessEqual(hidden, OWN_HIDDEN)
				self.assertGreater(len(round_of.found[REQUEST]), 15)

	def test_hr_that_may_finds_all_of_it(self):
		visitor = self.visitors[1]
		visitor = type(visitor)("HR", officer(), browser(officer()).session, visitor.url)
		visitor.only_reads = True
		round_of = Round(visitor, self.target).go(doors.reading(self.target, visitor), self.until)
		print(round_of, flush=True)
		self.assertEqual(set(self.target.words) - set(round_of.found), set(), "nobody could find it")


# What HR alone reads of somebody, himself not excepted, and what belongs to whoever it is assigned to.
OWN_HIDDEN = {
	DISCIPLINE_RECORD,
	"MKD Gate Decision",
	"MKD Decision Record",
	"score",
	"axis",
	"Version",
	"Submission Queue",
}


class TestTheSearch(FrappeTestCase):
	"""What is opened on purpose is found: a document, a report, a file, a permission."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.target = Planted(subordinate(), head().user_id)
		cls.visitor = everybody(browser(officer()).server)[1]
		cls.addClassCleanup(cls.visitor.own.remove)
		cls.addClassCleanup(cls.target.remove)

	def found(self, calls):
		return Round(self.visitor, self.target).go(calls, time.monotonic() + 120).found

	def test_a_document_that_was_shared(self):
		shared = {"user": self.visitor.user, "flags": {"ignore_share_permission": True}}
		frappe.share.add_docshare(REQUEST, self.target.names[REQUEST], **shared)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, "DocShare", {"user": self.visitor.user})
		secret = doors.SECRET[REQUEST]
		found = self.found(doors.about(REQUEST, self.target.names[REQUEST], secret))
		self.assertIn(REQUEST, found)
		self.assertIn("plan", found)

	def test_a_report_over_everybodys_records(self):
		report = {
			"doctype": "Report",
			"report_name": f"Semua {self.target.mark}",
			"ref_doctype": "Attendance",
		}
		report |= {"is_standard": "No", "report_type": "Query Report", "module": "MKD HRMS"}
		report["query"] = "select reason as 'reason::200' from `tabMKD Request`"
		report = frappe.get_doc({**report, "roles": [{"role": "Employee"}]}).insert(ignore_permissions=True)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.delete_doc, "Report", report.name, force=True)
		self.assertIn(REQUEST, self.found(call for call in doors.reports() if report.name in str(call)))

	def test_a_role_that_may_read_what_it_should_not(self):
		rule = {"doctype": "Custom DocPerm", "parent": DISCIPLINE_RECORD, "role": "Employee", "read": 1}
		rule = frappe.get_doc(rule).insert(ignore_permissions=True)
		frappe.clear_cache(doctype=DISCIPLINE_RECORD)
		frappe.db.commit()
		self.addCleanup(frappe.clear_cache, doctype=DISCIPLINE_RECORD)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, "Custom DocPerm", {"name": rule.name})
		secret = doors.SECRET[DISCIPLINE_RECORD]
		self.assertIn(DISCIPLINE_RECORD, self.found(doors.lists(DISCIPLINE_RECORD, secret)))

	def test_a_file_that_is_public(self):
		public = {"doctype": "File", "file_name": f"umum{self.target.mark}.txt", "is_private": 0}
		public = frappe.get_doc({**public, "content": self.target.word("File")}).insert(
			ignore_permissions=True
		)
		frappe.db.commit()
		self.addCleanup(frappe.delete_doc, "File", public.name, force=True)
		self.assertIn(
			"File", self.found([doors.method("frappe.handler.download_file", file_url=public.file_url)])
		)
