"""What somebody reads of himself on his home page says no more days are left than he can still ask for."""

from freezegun import freeze_time

from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.standing import own_sentence, refresh
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.world import COMPANY, TODAY


class TestOwnSentence(RequestCase):
	def left_at(self, hour):
		employee = self.person()
		with freeze_time(f"{TODAY}T{hour}:00.500001+07:00", tick=True):
			refresh.refresh(COMPANY, [employee.name])
			sentence = own_sentence.of(read_person(employee.name))["sentence"]
		this_week, _separator, _coming = sentence.partition("; next week")
		return this_week

	def test_today_counts_until_its_hour_has_come(self):
		# A Wednesday; undecided days of the shipped policy expire at 07:30.
		self.assertIn("0 of 4 days used, 3 left", self.left_at("06:00"))
		self.assertIn("0 of 4 days used, 2 left", self.left_at("07:30"))
		self.assertIn("0 of 4 days used, 2 left", self.left_at("16:00"))
