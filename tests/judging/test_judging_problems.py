"""Mistakes in the dates of an application (rules T3-T5, W2, Q10), as values; and what the files outside a site say."""

from dataclasses import replace
from datetime import date, time, timedelta
from unittest import TestCase

from mkd_available import A_PERSON, WEEK, available, booked, calendar, leave
from mkd_simulate import TINY, TODAY, judge, tiny_agency
from mkd_support import the_pack

from mkd_hrms.facts.coverage_rules import OfficeDay
from mkd_hrms.judging.application import (
	Mistake,
	Problem,
	problems_of,
	problems_of_calendar,
	problems_of_presence,
	problems_of_time,
	split_working,
)
from mkd_hrms.simulate.check.applications import _said
from mkd_hrms.simulate.output.language import language

OLD = the_pack()
# The last day that can be asked for on the Monday of the week.
LAST = WEEK[0] + timedelta(days=OLD.horizon_days)
SATURDAY = date(2026, 12, 12)


class TestTime(TestCase):
	def kinds(self, *dates, clock=None, correction=False, today=WEEK[0], policies=None):
		policies = dict.fromkeys(dates, OLD) if policies is None else policies
		found = problems_of_time(dates, policies, today, clock, correction)
		return [(problem.kind, problem.day) for problem in found]

	def test_yesterday_is_over_and_today_is_not(self):
		yesterday = WEEK[0] - timedelta(days=1)
		self.assertEqual(self.kinds(WEEK[0], yesterday), [(Mistake.OVER, yesterday)])

	def test_the_last_day_of_the_horizon_can_be_asked_for_and_the_next_cannot(self):
		beyond = LAST + timedelta(days=1)
		self.assertEqual(self.kinds(LAST, beyond), [(Mistake.TOO_FAR, beyond)])
		(problem,) = problems_of_time([beyond], {beyond: OLD}, WEEK[0], None)
		self.assertEqual(problem.about, LAST)

	def test_the_day_begins_at_its_hour_and_not_a_minute_before(self):
		begins = OLD.expiry_time
		minute_before = time(begins.hour, begins.minute - 1)
		self.assertEqual(self.kinds(*WEEK[:2], clock=begins), [(Mistake.BEGUN, WEEK[0])])
		self.assertEqual(self.kinds(*WEEK[:2], clock=minute_before), [])

	def test_where_nobody_knows_the_time_no_day_has_begun(self):
		early = replace(OLD, expiry_time=time.min)
		self.assertEqual(self.kinds(WEEK[0], policies={WEEK[0]: early}), [])
		self.assertEqual(
			self.kinds(WEEK[0], policies={WEEK[0]: early}, clock=time.min), [(Mistake.BEGUN, WEEK[0])]
		)

	def test_hr_corrects_the_past_and_looks_no_further_ahead(self):
		beyond = LAST + timedelta(days=1)
		found = self.kinds(WEEK[0] - timedelta(days=9), WEEK[0], beyond, clock=time(23), correction=True)
		self.assertEqual(found, [(Mistake.TOO_FAR, beyond)])

	def test_a_date_without_a_policy_comes_before_it(self):
		self.assertEqual(self.kinds(WEEK[1], policies={WEEK[1]: None}), [(Mistake.BEFORE_POLICY, WEEK[1])])

	def test_they_come_by_date(self):
		over, beyond = WEEK[0] - timedelta(days=1), LAST + timedelta(days=1)
		self.assertEqual([day for _kind, day in self.kinds(beyond, over)], [over, beyond])


class TestWorkingDays(TestCase):
	def test_a_date_that_no_list_covers_is_a_mistake_and_no_day_off(self):
		unknown = date(2027, 1, 4)
		self.assertEqual(
			list(problems_of_calendar(calendar(), [*WEEK, unknown])), [Problem(Mistake.NO_CALENDAR, unknown)]
		)
		self.assertEqual(split_working(calendar(), [WEEK[0], unknown]), ((WEEK[0],), {}))

	def test_days_off_are_skipped_with_the_name_of_their_holiday(self):
		working, off = split_working(calendar(Natal=WEEK[1]), [*WEEK[:2], SATURDAY])
		self.assertEqual((working, off), (WEEK[:1], {WEEK[1]: "Natal", SATURDAY: "weekly off"}))


class TestPresence(TestCase):
	def found(self, around, dates=WEEK, but_for="R1"):
		return [(problem.kind, problem.day) for problem in problems_of_presence(around, dates, but_for)]

	def test_an_office_day_of_the_unit_comes_before_what_takes_somebody_away(self):
		office_day = OfficeDay("O-1", "Apel", "Roll Call", None, "BKD", WEEK[0], WEEK[4], 2, "SE 1")
		self.assertEqual([office_day.falls_on(day) for day in WEEK], [False, True, False, False, False])
		around = available(away=(leave(WEEK[1]),), office_days={WEEK[1]: office_day})
		found = [(problem.kind, problem.about) for problem in problems_of_presence(around, WEEK, None)]
		self.assertEqual(found[0], (Mistake.OFFICE_DAY, office_day))
		said = _said(Problem(Mistake.OFFICE_DAY, WEEK[1], office_day))
		self.assertIn("the whole unit stays in the office: Apel (SE 1)", str(said))

	def test_each_kind_is_found_all_of_one_before_the_next(self):
		around = available(
			replace(A_PERSON, relieved_on=WEEK[3]),
			away=(leave(WEEK[0]),),
			claims=(leave(WEEK[1], is_claim=True),),
			used=(booked(WEEK[2], "R2"), booked(WEEK[0], "R2")),
		)
		expected = [
			(Mistake.NOT_IN_SERVICE, WEEK[4]),
			(Mistake.AWAY, WEEK[0]),
			(Mistake.CLAIMED, WEEK[1]),
			(Mistake.TAKEN, WEEK[0]),
			(Mistake.TAKEN, WEEK[2]),
		]
		self.assertEqual(self.found(around), expected)

	def test_half_a_day_of_leave_is_no_mistake(self):
		self.assertEqual(self.found(available(away=(leave(WEEK[0], half_day=WEEK[0]),))), [])

	def test_days_of_the_application_itself_and_of_nobody_knows_what_are_none(self):
		self.assertEqual(self.found(available(used=(booked(WEEK[0], "R1"), booked(WEEK[1], None)))), [])

	def test_they_name_the_document(self):
		period, day = leave(WEEK[0]), booked(WEEK[1], "R2")
		found = problems_of_presence(available(away=(period,), used=(day,)), WEEK, None)
		self.assertEqual([problem.about for problem in found], [period, day])


class TestAllOfThem(TestCase):
	def test_each_date_has_its_first_mistake_and_days_off_have_none(self):
		away = leave(WEEK[0], SATURDAY)
		around = available(replace(A_PERSON, relieved_on=WEEK[2]), away=(away,))
		over, unknown = WEEK[0] - timedelta(days=3), date(2027, 1, 4)
		dates = (unknown, SATURDAY, WEEK[3], WEEK[0], over)
		found = problems_of(around, dates, dict.fromkeys(dates, OLD), WEEK[0], None, None)
		self.assertEqual(
			[(problem.kind, problem.day) for problem in found],
			[
				(Mistake.OVER, over),
				(Mistake.AWAY, WEEK[0]),
				(Mistake.NOT_IN_SERVICE, WEEK[3]),
				(Mistake.NO_CALENDAR, unknown),
			],
		)


class TestOutsideASite(TestCase):
	"""The tiny agency on its Wednesday, with an application for the days of the week after."""

	DAYS = tuple(date(2026, 12, day) for day in (1, 2, 3, 4))

	def messages(self, *dates, **changes):
		rows = "".join(f"R1,{day}\n" for day in dates)
		folder = tiny_agency(
			**{
				"MKD Request.csv": "name,employee,has_computer,has_internet,status,docstatus\nR1,E1,1,1,Draft,0\n",
				"MKD Request Date.csv": f"parent,mkd_date\n{rows}",
				**changes,
			}
		)
		(answer,) = judge(folder, OLD, today=TODAY).answers
		return [str(message) for message in answer.messages], answer

	def request(self, computer, internet):
		row = f"R1,E1,{computer},{internet},Draft,0\n"
		return {"MKD Request.csv": f"name,employee,has_computer,has_internet,status,docstatus\n{row}"}

	def test_a_question_that_is_not_answered_is_a_message_and_no_denial(self):
		sentence = "Not answered yet whether there is a computer and internet; nothing was decided."
		for computer, internet in (("", ""), (0, 0), (1, 0), ("Yes", ""), ("false", "ya")):
			with self.subTest(computer=computer, internet=internet):
				messages, answer = self.messages(self.DAYS[0], **self.request(computer, internet))
				self.assertEqual((messages, answer.outcome), ([sentence], None))

	def test_an_answer_counts_however_it_is_spelled_and_only_a_no_denies(self):
		for computer, internet, failed in (
			(1, " YES ", ()),
			("ya", "true", ()),
			("yes", "no", ("Readiness",)),
			("Tidak", 1, ("Readiness",)),
		):
			with self.subTest(computer=computer, internet=internet):
				messages, answer = self.messages(self.DAYS[0], **self.request(computer, internet))
				self.assertEqual((messages, answer.decisions[0].failed), ([], failed))

	def test_leave_that_is_only_asked_for_is_told(self):
		leaves = TINY["Leave Application.csv"] + "L9,E1,2026-12-01,2026-12-01,0,Open,0\n"
		messages, _answer = self.messages(*self.DAYS[:2], **{"Leave Application.csv": leaves})
		self.assertEqual(
			messages,
			["L9 asks for 1 December 2026 already; have that decided or withdrawn first."],
		)

	def test_a_day_that_another_document_has_booked_is_told_and_counted(self):
		header, *rows = TINY["MKD Day.csv"].splitlines()
		days = [f"{header},source_doctype,source_name", *(f"{row},," for row in rows)]
		days.append("D3,E1,199001012015032001,2026-12-01,2026-W49,1,Approved,MKD Request,R0")
		days.append("D4,E1,199001012015032001,2026-12-02,2026-W49,2,Pending,MKD Request,R1")
		messages, answer = self.messages(*self.DAYS[:2], **{"MKD Day.csv": "\n".join(days) + "\n"})
		self.assertEqual(messages, ["MKD on 1 December 2026 is booked already by R0."])
		self.assertEqual([(week.used, week.asked) for week in answer.weeks], [(1, 2)])
		self.assertEqual(
			language("id").tell(answer.messages[0]),
			"MKD pada 1 Desember 2026 sudah dibukukan oleh R0.",
		)

	def test_a_day_off_within_leave_is_skipped_and_no_mistake(self):
		holidays = TINY["Holiday.csv"] + "Libur 2026,2026-12-02,Cuti Bersama\n"
		leaves = TINY["Leave Application.csv"] + "L9,E1,2026-12-02,2026-12-02,0,Approved,1\n"
		changes = {"Holiday.csv": holidays, "Leave Application.csv": leaves}
		self.assertEqual(self.messages(*self.DAYS[:2], **changes)[0], [])
