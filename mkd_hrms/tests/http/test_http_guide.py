"""The guide in the Desk: every page for everybody, in the reader's language, whose links lead to pages that are there."""

import re

import requests

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.policy.model import Gate
from mkd_hrms.services.platform import guide
from mkd_hrms.tests.support.http_world import HTTPCase, absences, browser, open_house, subordinate, week
from mkd_hrms.tests.support.live_server import site_header

setUpModule = open_house

METHOD = "mkd_hrms.api.guide_page"
WAY = re.compile(rf'href="{guide.ROUTE}/([\w-]+)(?:/([\w-]+))?"')


class TestGuide(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.readers = {}
		for language in guide.LANGUAGES:
			user = subordinate().user_id
			frappe.db.set_value("User", user, "language", language)
			frappe.clear_cache(user=user)
			cls.readers[language] = user
		frappe.db.commit()

	def page(self, user, name):
		return self.ok(browser(user).call(METHOD, name=name))["html"]

	def test_each_page_is_there_in_the_readers_language_and_leads_only_to_pages_and_parts_that_are(self):
		for language, user in self.readers.items():
			pages = {name: self.page(user, name) for name in guide.pages_in(language)}
			self.assertLessEqual({guide.page_of(gate) for gate in Gate}, {*pages})
			ways = 0
			for name, html in pages.items():
				for target, part in WAY.findall(html):
					ways += 1
					with self.subTest(page=f"{language}/{name}", target=target, part=part):
						self.assertIn(target, pages)
						self.assertIn(f'id="{part}"' if part else "", pages[target])
				self.assertNotIn(".md", re.sub(r"CHANGELOG\.md|docs/\w+\.md", "", html))
			self.assertGreater(ways, 40)
		self.assertIn("Ketidakhadiran", self.page(self.readers["id"], "absence"))
		self.assertIn("Absence", self.page(self.readers["en"], "absence"))

	def test_every_page_is_reached_from_the_first_one(self):
		for language, user in self.readers.items():
			reached, waiting = set(), {guide.FIRST}
			while waiting:
				name = waiting.pop()
				reached.add(name)
				waiting |= {target for target, _part in WAY.findall(self.page(user, name))} - reached
			with self.subTest(language):
				self.assertEqual(reached, {*guide.pages_in(language)})

	def test_nothing_but_a_page_is_read(self):
		client = browser(self.readers["en"])
		for name in ("gates/absence", "../../README", "absence.md", "/etc/passwd", ""):
			with self.subTest(name):
				self.refused(client.call(METHOD, name=name), "no such page")
		url = f"{client.server.url}/api/method/{METHOD}"
		guest = requests.get(url, headers=site_header(client.server), timeout=60)
		self.assertEqual(guest.status_code, 403)

	def test_each_refusal_names_its_page(self):
		employee = subordinate(absent_on=absences(3))
		name = self.applied(employee, week()[:1])
		client = browser(employee.user_id)
		told = self.ok(client.call("mkd_hrms.api.explain", request=name))["findings"]
		(found,) = (
			finding["page"]
			for finding in told
			if finding["verdict"] == "Fail" and finding["gate"] == "Absence"
		)
		self.assertEqual(found, "absence")
		before = self.ok(client.call("mkd_hrms.api.before_applying", employee=employee.name))["gates"]
		self.assertLessEqual({gate["page"] for gate in before}, {*guide.pages_in("en")})
		self.assertEqual(frappe.db.get_value(REQUEST, name, "status"), "Denied")
