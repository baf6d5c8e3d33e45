"""The letters of the coverage board: what is said of somebody on a date, in full and to a colleague (rule P3)."""

from datetime import date
from unittest import TestCase

from mkd_hrms.facts.attendance.away import Away
from mkd_hrms.facts.ledger.unit_days import Colleague, DayOf
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.board import letter
from mkd_hrms.policy.model import RELEASED, REVOKED, USED_DAY_STATES

DAY = date(2026, 11, 30)
# By the state of the day: in full, and to a colleague.
STATES = {
	"Pending": ("P", "O"),
	"Approved": ("M", "M"),
	"Suspended": ("S", "O"),
	"Worked": ("M", "M"),
	"No Show": ("N", "M"),
	"Revoked": ("O", "O"),
}


def somebody(status=None, away=(), source="MKD Request", **values):
	person = dict.fromkeys(Person.__dataclass_fields__) | {
		"employee": "E1",
		"person": "E1",
		"status": "Active",
	}
	record = Person(**(person | {"shift_lists": ()} | values))
	days = {DAY: DayOf("D1", "E1", DAY, status, source, "R1")} if status else {}
	return Colleague(record, tuple(away), frozenset(), days)


def away(kind, half_day=None):
	return Away(kind, "X", date(2026, 11, 27), date(2026, 12, 1), half_day)


class TestLetters(TestCase):
	def both(self, colleague, works=True):
		return tuple(letter(colleague, DAY, works, in_full) for in_full in (True, False))

	def test_every_state_of_a_day_has_its_letter(self):
		self.assertEqual(set(STATES), set(USED_DAY_STATES))
		for status, letters in STATES.items():
			with self.subTest(status):
				self.assertEqual(self.both(somebody(status)), letters)
		self.assertEqual(self.both(somebody(RELEASED)), ("O", "O"))
		self.assertEqual(self.both(somebody()), ("O", "O"))

	def test_a_collective_day_is_one_with_mkd(self):
		self.assertEqual(self.both(somebody("Approved", source="MKD Collective Day")), ("M", "M"))

	def test_a_colleague_learns_of_leave_and_not_what_else_takes_somebody_away(self):
		for kind, letters in {
			"Leave Application": ("L", "L"),
			"Travel Request": ("T", "A"),
			"Attendance Request": ("T", "A"),
			"Training Event": ("G", "A"),
		}.items():
			with self.subTest(kind):
				self.assertEqual(self.both(somebody(away=[away(kind)])), letters)

	def test_leave_comes_before_mkd_and_half_a_day_of_it_beside(self):
		self.assertEqual(self.both(somebody("Approved", [away("Leave Application")])), ("L", "L"))
		half = [away("Leave Application", DAY)]
		self.assertEqual(self.both(somebody(away=half)), ("l", "l"))
		self.assertEqual(self.both(somebody("Approved", half)), ("m", "m"))
		# To a colleague half a day of leave, as if nothing were asked.
		self.assertEqual(self.both(somebody("Pending", half)), ("P", "l"))

	def test_a_holiday_is_one_unless_somebody_works_on_it(self):
		self.assertEqual(self.both(somebody(), False), ("H", "H"))
		self.assertEqual(self.both(somebody(away=[away("Leave Application")]), False), ("H", "H"))
		self.assertEqual(self.both(somebody("Worked"), False), ("M", "M"))
		self.assertEqual(self.both(somebody("Pending"), False), ("P", "H"))

	def test_without_a_calendar_nothing_is_called_a_day_in_the_office(self):
		self.assertEqual(self.both(somebody(), None), ("U", "U"))
		self.assertEqual(self.both(somebody("Approved"), None), ("M", "M"))
		self.assertEqual(self.both(somebody("Pending"), None), ("P", "U"))
		self.assertEqual(self.both(somebody(away=[away("Leave Application")]), None), ("L", "L"))
		self.assertEqual(self.both(somebody(REVOKED), None), ("U", "U"))

	def test_before_joining_and_after_leaving_he_is_not_of_the_unit(self):
		self.assertEqual(self.both(somebody("Approved", joined_on=date(2026, 12, 1))), ("-", "-"))
		self.assertEqual(self.both(somebody(contract_ends_on=date(2026, 11, 29))), ("-", "-"))
		self.assertEqual(self.both(somebody(contract_ends_on=DAY)), ("O", "O"))
