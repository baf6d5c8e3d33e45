"""A calendar of more people than a page shows: each date has its number, however the people are asked for."""

from unittest.mock import patch

from mkd_hrms.api import calendars
from mkd_hrms.services.ledger import drawn_days
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as

WINDOW = ("2026-11-30", "2027-01-10")


class TestCalendarOfMany(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.days = (WEEK[:3], WEEK[1:3], WEEK[2:3])

	def setUp(self):
		for days in self.days:
			applied(self.person(), days)
		# Somebody else's people are none of his.
		applied(self.person(reports_to=None), WEEK[:1])

	def drawn(self, **limits):
		with acting_as(self.boss.user_id), patch.multiple(drawn_days, **limits):
			return [
				(str(event["start"]), event["title"])
				for event in calendars.days_in_calendar(*WINDOW)
				if "MKD" in event["title"]
			]

	def test_a_page_of_many_people_has_a_number_on_each_date(self):
		expected = [
			(str(day), f"{number} people with an MKD day")
			for day, number in zip(WEEK, (1, 2, 3), strict=False)
		]
		for at_once in (1, 2, 900):
			with self.subTest(at_once=at_once):
				self.assertEqual(self.drawn(MANY=0, DRAWN=1, AT_ONCE=at_once), expected)
		self.assertEqual(self.drawn(DRAWN=1), expected)

	def test_many_people_with_few_days_are_drawn_one_by_one(self):
		with acting_as(self.boss.user_id), patch.multiple(drawn_days, MANY=0):
			events = [event for event in calendars.days_in_calendar(*WINDOW) if event.get("name")]
		self.assertEqual(len(events), sum(map(len, self.days)))
