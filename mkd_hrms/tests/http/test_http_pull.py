"""The schedule for other systems: what stands in it and what does not, page by page, for whom, and that reading it changes nothing."""

from datetime import date

import frappe

from mkd_hrms.constants import DAY, MODULE
from mkd_hrms.exchange import profiles
from mkd_hrms.services.ledger import schedule
from mkd_hrms.tests.support.http_world import HTTPCase, browser, open_house, person, user_with
from mkd_hrms.tests.support.import_case import fresh_nip
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.people import make_employee, store_row
from mkd_hrms.tests.support.programs import PULL, PULL_PATH, reader, sender, tire
from mkd_hrms.tests.support.world import (
	COMPANY,
	OFFICE,
	SERVICE,
	SERVICE_BACK_OFFICE,
	other_company,
	unit,
)

setUpModule = open_house
# A period of which nothing else on the site speaks.
MONDAY, TUESDAY, THURSDAY, SUNDAY = "2019-02-04", "2019-02-05", "2019-02-07", "2019-02-10"
WEEK = {"company": COMPANY, "from_date": MONDAY, "to_date": SUNDAY}


class TestPull(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.office, cls.back = unit(OFFICE), unit(SERVICE_BACK_OFFICE)
		cls.one = cls.employed(cls.office)
		cls.two = cls.employed(cls.back)
		cls.nameless = cls.employed(cls.office, mkd_nip=None)
		cls.elsewhere = cls.employed(None, company=other_company())
		cls.rows = [
			cls.day(cls.one, TUESDAY, "Worked"),
			cls.day(cls.two, TUESDAY, "No Show"),
			cls.day(cls.one, THURSDAY, "Approved"),
			cls.day(cls.elsewhere, TUESDAY, "Worked"),
			*(
				cls.day(cls.two, THURSDAY, status)
				for status in ("Pending", "Suspended", "Revoked", "Released")
			),
		]
		frappe.db.commit()
		cls.client = reader(COMPANY)

	@classmethod
	def tearDownClass(cls):
		frappe.db.delete(DAY, {"name": ("in", cls.rows)})
		frappe.db.commit()
		super().tearDownClass()

	def tearDown(self):
		"""The days here are rows without requests."""

	@classmethod
	def employed(cls, department, **values):
		values = {"mkd_nip": fresh_nip(), "company": COMPANY, "department": department, **values}
		return make_employee(**values)

	@classmethod
	def day(cls, employee, day, status):
		values = {"mkd_date": day, "company": employee.company, "department": employee.department}
		if status != "Released":
			values["person"] = f"{employee.name} {status}"
		return store_row(DAY, employee.name, status=status, **values).name

	def asked(self, client=None, **values):
		return (client or self.client).get(PULL_PATH, **{**WEEK, **values})

	def told(self, client=None, **values):
		page = self.ok(self.asked(client, **values))
		return [(row["nip"], row["date"], row["unit"]) for row in page["rows"]]

	def is_refused(self, response, status, *words):
		self.assertEqual(response.status_code, status, response.text[:500])
		said = " ".join(messages(response))
		for word in words:
			self.assertIn(word, said)

	@property
	def all_of_it(self):
		on_tuesday = sorted([(self.one.name, self.one), (self.two.name, self.two)])
		return [
			*((each.mkd_nip, TUESDAY, each.department) for _name, each in on_tuesday),
			(self.one.mkd_nip, THURSDAY, self.office),
		]

	def test_days_of_the_company_and_nothing_of_why_and_how(self):
		page = self.ok(self.asked())
		self.assertEqual(self.told(), self.all_of_it)
		self.assertEqual({key for row in page["rows"] for key in row}, {"nip", "date", "mode", "unit"})
		self.assertEqual(({row["mode"] for row in page["rows"]}, page["next"]), ({"WFA"}, None))

	def test_a_day_that_is_taken_back_is_not_there_any_more(self):
		name = self.rows[2]
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, DAY, name, "status", "Approved")
		frappe.db.set_value(DAY, name, "status", "Released")
		frappe.db.commit()
		self.assertEqual(self.told(), self.all_of_it[:2])

	def test_somebody_without_a_nip_is_told_as_such(self):
		name = self.day(self.nameless, MONDAY, "Approved")
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, DAY, {"name": name})
		frappe.db.commit()
		self.assertEqual(self.told()[0], (None, MONDAY, self.office))

	def test_a_unit_with_those_below_it(self):
		tuesday = (self.two.mkd_nip, TUESDAY, self.back)
		self.assertEqual(self.told(unit=unit(SERVICE)), [tuesday])
		self.assertEqual(self.told(unit=self.back), [tuesday])
		self.assertEqual(len(self.told(unit=self.office)), 2)

	def test_pages_are_one_after_the_other_the_whole(self):
		for limit in (1, 2, 3):
			found, after = [], None
			for _page in range(10):
				page = self.ok(self.asked(limit=limit, **({"after": after} if after else {})))
				self.assertLessEqual(len(page["rows"]), limit)
				found += [(row["nip"], row["date"], row["unit"]) for row in page["rows"]]
				if not (after := page["next"]):
					break
			self.assertEqual(found, self.all_of_it)

	def test_a_page_stays_the_same_while_others_book(self):
		"""What comes in before the place where it ended moves nothing that is behind it."""
		first = self.ok(self.asked(limit=2))
		name = self.day(self.nameless, MONDAY, "Approved")
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, DAY, {"name": name})
		frappe.db.commit()
		behind = self.told(limit=2, after=first["next"])
		self.assertEqual(behind, self.all_of_it[2:])

	def test_who_has_the_page_is_told_that_it_is_the_same(self):
		answer = self.asked()
		mark = answer.headers["ETag"]
		self.assertIn("private", answer.headers["Cache-Control"])
		again = self.client.session.get(answer.url, headers={"If-None-Match": mark}, timeout=60)
		self.assertEqual((again.status_code, again.content, again.headers["ETag"]), (304, b"", mark))
		name = self.day(self.nameless, MONDAY, "Approved")
		frappe.db.commit()
		changed = self.client.session.get(answer.url, headers={"If-None-Match": mark}, timeout=60)
		self.assertEqual(changed.status_code, 200)
		self.assertNotEqual(changed.headers["ETag"], mark)
		frappe.db.delete(DAY, {"name": name})
		frappe.db.commit()
		back = self.client.session.get(answer.url, headers={"If-None-Match": mark}, timeout=60)
		self.assertEqual(back.status_code, 304)

	def test_a_company_that_is_not_left_to_it_is_as_good_as_none(self):
		said = []
		for company in (other_company(), "Dinas Khayal"):
			response = self.asked(company=company)
			self.is_refused(response, 403)
			said.append(" ".join(messages(response)).replace(company, "*"))
		self.assertEqual(*said)
		foreign = frappe.db.get_value("Department", {"company": other_company()}) or "Biro Khayal"
		self.is_refused(self.asked(unit=foreign), 403, "There is no unit")
		# Whom nothing limits reads both.
		both = reader()
		self.assertEqual(self.told(both, company=other_company()), [(self.elsewhere.mkd_nip, TUESDAY, None)])
		self.assertEqual(self.told(both), self.all_of_it)
		self.is_refused(self.asked(both, company="Dinas Khayal"), 403)

	def test_user_permissions_leave_it_a_part_of_the_company(self):
		part = reader(COMPANY, Department=self.office)
		self.assertEqual(self.told(part), [row for row in self.all_of_it if row[2] == self.office])
		page = self.ok(self.asked(part, limit=1))
		self.assertEqual(self.told(part, limit=1, after=page["next"]), [self.all_of_it[-1]])
		self.assertEqual(self.told(part, unit=self.back), [])

	def test_who_may_not_ask(self):
		for user in (person().user_id, user_with("HR User"), sender(COMPANY).user):
			with self.subTest(user):
				self.is_refused(self.asked(browser(user)), 403, "MKD Schedule Reader")
		for role in ("HR Manager", "MKD Officer"):
			self.assertEqual(self.told(browser(user_with(role))), self.all_of_it)

	def test_what_was_asked_in_no_form(self):
		for status, words, values in (
			(400, "from_date is a date", {"from_date": "04-02-2019"}),
			(400, "to_date is a date", {"to_date": ""}),
			(400, "lies before", {"to_date": "2019-02-03"}),
			(400, "A page has 1 to 1000", {"limit": 0}),
			(400, "A page has 1 to 1000", {"limit": 1001}),
			(400, "after is what", {"after": "x"}),
			(400, "after is what", {"after": "w7_Dvw=="}),
			(413, "at most 31 days", {"to_date": "2019-03-07"}),
			(400, "A page has 1 to 1000", {"limit": "viele"}),
			(403, "no such company", {"company": ""}),
		):
			with self.subTest(words, **values):
				self.is_refused(self.asked(**values), status, words)
		self.ok(self.asked(to_date="2019-03-06"))

	def test_a_wrong_token_and_none(self):
		client = reader(COMPANY)
		client.session.headers["Authorization"] = "token a:b"
		self.assertEqual(self.asked(client).status_code, 401)
		del client.session.headers["Authorization"]
		self.assertEqual(self.asked(client).status_code, 403)

	def test_who_asks_too_often_is_told_when_to_come_back(self):
		client = reader(COMPANY)
		tire(client, "schedule pull")
		response = self.asked(client)
		self.is_refused(response, 429, "600 times within 60 minutes")
		self.assertTrue(0 < int(response.headers["Retry-After"]) <= 300)

	def test_it_changes_nothing_and_is_asked_by_get_alone(self):
		tables = frappe.get_all("DocType", {"module": MODULE, "issingle": 0, "is_virtual": 0}, pluck="name")
		listed = ", ".join(f"`tab{name}`" for name in (*tables, "Employee", "User", "Access Log"))
		frappe.db.rollback()
		before = frappe.db.sql(f"checksum table {listed}")
		self.ok(self.asked())
		frappe.db.rollback()
		self.assertEqual(frappe.db.sql(f"checksum table {listed}"), before)
		self.is_refused(self.client.call(PULL, **WEEK), 403)

	def test_what_was_given_is_read_back_by_the_profile_of_k_mob(self):
		self.assertIn(schedule.MODE, profiles.load("kmob").words["status"]["Anywhere"])

	def test_the_place_of_a_page_is_that_of_its_last_row(self):
		place = schedule.Place(date(2019, 2, 5), "HR-EMP-0001 é")
		self.assertEqual(schedule.as_place(schedule.as_text(place)), place)
