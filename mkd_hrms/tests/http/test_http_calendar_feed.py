"""Links for calendar programs: what they tell, to whom they are given, and that they end."""

from datetime import timedelta

import requests

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DAY, DELEGATION, FEED
from mkd_hrms.services.units import calendar_feed
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	head,
	officer,
	open_house,
	person,
	subordinate,
	user_with,
)
from mkd_hrms.tests.support.live_server import site_header
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY, OFFICE, SERVICE_BACK_OFFICE, unit

setUpModule = open_house
ADDRESS = "/api/method/mkd_hrms.api.calendar_feed"


class TestCalendarFeed(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.away, cls.colleague = subordinate(first_name="Anisa, M.Si"), subordinate()
		cls.day = cls.a_day("Approved", 0)
		cls.worked = cls.a_day("Worked", -30)
		for status, later in (
			("Pending", 1),
			("Suspended", 2),
			("Revoked", 3),
			("Approved", 61),
			("Worked", -31),
		):
			cls.a_day(status, later)
		frappe.db.commit()
		cls.addClassCleanup(cls.end_feeds)

	def tearDown(self):
		"""The days here are rows without requests, for one employee."""

	@classmethod
	def end_feeds(cls):
		frappe.db.rollback()
		frappe.db.delete(FEED)
		frappe.db.delete(DELEGATION)
		frappe.db.commit()

	@classmethod
	def a_day(cls, status, later, **values):
		values = {"mkd_date": getdate() + timedelta(days=later), "company": COMPANY, **values}
		person = {"employee_name": cls.away.employee_name, "person": f"P{later}"}
		return store_row(DAY, cls.away.name, status=status, **person, **values).name

	def made(self, user, **about):
		return self.ok(browser(user).call("mkd_hrms.api.make_calendar_feed", **about))

	def asked(self, url, how="GET"):
		"""What a calendar program gets, which logs in nowhere."""
		_address, _mark, token = url.partition("token=")
		server = browser(officer()).server
		return requests.request(
			how, server.url + ADDRESS, params={"token": token}, headers=site_header(server), timeout=60
		)

	def events(self, url):
		from icalendar import Calendar

		answer = self.asked(url)
		self.assertEqual(
			(answer.status_code, answer.headers["Content-Type"]), (200, "text/calendar; charset=utf-8")
		)
		self.assertIn("private", answer.headers["Cache-Control"])
		calendar = Calendar.from_ical(answer.content)
		self.assertEqual((str(calendar["version"]), bool(calendar["prodid"])), ("2.0", True))
		return calendar.walk("VEVENT")

	def is_nothing(self, url, how="GET"):
		answer = self.asked(url, how)
		self.assertEqual((answer.status_code, answer.content), (404, b""))

	def test_ones_own_days_as_a_calendar_program_reads_them(self):
		feed = self.made(self.away.user_id)
		events = self.events(feed["url"])
		today = getdate()
		self.assertEqual(
			[
				(str(each["uid"]), each["dtstart"].dt, each["dtend"].dt, str(each["summary"]))
				for each in events
			],
			[
				(f"{self.worked}@{frappe.local.site}", today - timedelta(30), today - timedelta(29), "MKD"),
				(f"{self.day}@{frappe.local.site}", today, today + timedelta(1), "MKD"),
			],
		)
		# Nothing of it changes from one time to the next, and nothing else is told.
		self.assertEqual(self.asked(feed["url"]).content, self.asked(feed["url"]).content)
		self.assertEqual(
			{name for each in events for name in each},
			{"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"},
		)

	def test_a_unit_is_for_who_decides_about_its_people_and_for_hr(self):
		office = unit(OFFICE)
		for user in (head().user_id, officer()):
			with self.subTest(user):
				summaries = {
					str(each["summary"]) for each in self.events(self.made(user, unit=office)["url"])
				}
				self.assertIn(f"MKD: {self.away.employee_name}", summaries)
		for user in (self.colleague.user_id, person(department=unit(SERVICE_BACK_OFFICE)).user_id):
			answer = browser(user).call("mkd_hrms.api.make_calendar_feed", unit=office)
			self.refused(answer, "for who decides about its people")
		self.refused(
			browser(head().user_id).call("mkd_hrms.api.make_calendar_feed", unit="Tidak Ada"),
			"for who decides about its people",
		)
		self.refused(
			browser(user_with("HR User")).call("mkd_hrms.api.make_calendar_feed"), "No active Employee"
		)

	def test_a_crowd_is_a_number(self):
		url, named = self.made(head().user_id, unit=unit(OFFICE))["url"], calendar_feed.NAMED
		self.addCleanup(setattr, calendar_feed, "NAMED", named)
		calendar_feed.NAMED = 1
		feed = calendar_feed.found(url.partition("token=")[2])
		people = {self.away.name: "A", self.colleague.name: "B"}
		text = calendar_feed.as_calendar(feed, people).decode()
		self.assertIn("MKD: 1 people", text)
		self.assertNotIn("MKD: A", text)

	def test_the_token_is_kept_nowhere_and_only_its_hash_is_looked_for(self):
		feed = self.made(self.away.user_id)
		token = feed["url"].partition("token=")[2]
		row = frappe.db.get_value(FEED, feed["name"], "*", as_dict=True)
		self.assertNotIn(token, str(row))
		self.assertEqual(row.token_hash, calendar_feed.hash_of(token))
		shown = browser(self.away.user_id).resource(FEED, feed["name"])
		self.assertEqual(self.ok(shown)["name"], feed["name"])
		self.assertNotIn(row.token_hash, shown.text)
		self.is_nothing(f"token={row.token_hash}")

	def test_a_wrong_token_tells_nothing(self):
		for token in ("", "x", "%", "a" * 43, "a" * 3000, "' or 1=1 --"):
			with self.subTest(token):
				self.is_nothing(f"token={token}")

	def test_it_is_revoked_by_whoever_made_it_and_by_no_colleague(self):
		feed = self.made(self.away.user_id)
		self.refused(
			browser(self.colleague.user_id).call("mkd_hrms.api.revoke_calendar_feed", feed=feed["name"])
		)
		listed = browser(self.colleague.user_id).get(f"/api/resource/{FEED}", limit_page_length=0)
		self.assertNotIn(feed["name"], listed.text)
		self.events(feed["url"])
		self.ok(browser(self.away.user_id).call("mkd_hrms.api.revoke_calendar_feed", feed=feed["name"]))
		self.is_nothing(feed["url"])

	def test_nobody_writes_one_by_hand(self):
		feed = self.made(self.away.user_id)
		for user in (self.away.user_id, officer()):
			doc = {"doctype": FEED, "user": user, "reference_doctype": "Employee", "token_hash": "x"}
			self.refused(browser(user).insert({**doc, "reference_name": self.away.name}))
			self.refused(browser(user).set_value(FEED, feed["name"], reference_name=self.colleague.name))

	def test_it_ends_with_the_user_the_employment_and_the_unit(self):
		office = unit(OFFICE)
		leaver, acting = subordinate(), person(department=unit(SERVICE_BACK_OFFICE))
		own = self.made(leaver.user_id)["url"]
		today = frappe.utils.today()
		delegation = {"doctype": DELEGATION, "approver": head().user_id, "delegate": acting.user_id}
		delegation |= {"decree_no": "SK 1", "from_date": today, "to_date": today}
		delegation = frappe.get_doc(delegation).insert(ignore_permissions=True)
		frappe.db.commit()
		of_unit = self.made(acting.user_id, unit=office)["url"]
		self.events(own)
		self.events(of_unit)
		delegation.delete(ignore_permissions=True)
		frappe.db.set_value("Employee", leaver.name, "status", "Left")
		frappe.db.commit()
		self.is_nothing(own)
		self.is_nothing(of_unit)
		disabled = self.made(self.colleague.user_id)["url"]
		self.events(disabled)
		frappe.db.set_value("User", self.colleague.user_id, "enabled", 0)
		frappe.db.commit()
		self.is_nothing(disabled)
		frappe.db.set_value("User", self.colleague.user_id, "enabled", 1)
		frappe.db.commit()

	def test_nobody_has_more_than_some(self):
		user = subordinate().user_id
		for _number in range(calendar_feed.AT_MOST):
			self.made(user)
		self.refused(browser(user).call("mkd_hrms.api.make_calendar_feed"), "Revoke one")

	def test_it_is_asked_sixty_times_an_hour_and_by_get_alone(self):
		url = self.made(self.away.user_id)["url"]
		self.assertEqual(self.asked(url, "POST").status_code, 403)
		statuses = [self.asked(url).status_code for _number in range(61)]
		self.assertEqual((statuses[0], statuses[-1]), (200, 429))
		self.events(self.made(self.away.user_id)["url"])

	def test_a_unit_is_deleted_with_a_link_that_tells_of_it(self):
		root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))})
		doc = {"doctype": "Department", "department_name": "Bagian Tautan", "parent_department": root}
		name = frappe.get_doc({**doc, "company": COMPANY}).insert().name
		calendar_feed.make_for_unit(head().user_id, name)
		frappe.delete_doc("Department", name)
		self.assertFalse(frappe.db.exists("Department", name))
