"""The province of `make benchmark SCALE=province`: its size, how often what happens, what a copied value is, what follows."""

import random
from collections import Counter
from copy import deepcopy
from unittest import TestCase

import mkd_scripts  # noqa: F401

from benchmarks.conclusions import conclusions
from benchmarks.province import mix
from benchmarks.province.concluding import TARGETS
from benchmarks.province.size import Size, parsed
from benchmarks.province.values import Kind, Translator, name_expression
from benchmarks.report import as_text
from harness.console import HarnessError

# Days that each story books and keeps.
DAYS_USED = {
	"worked": 4,
	"three": 3,
	"late": 4,
	"returned": 4,
	"escalated": 4,
	"recalled": 3,
	"missing": 3,
	"no_show": 2,
	"suspended": 3,
}
TAILS = dict.fromkeys((*mix.WEEKS, "denied", "denied_objected", "reviewed"), 1) | {
	"suspended": 4,
	"missing": 4,
}


class TestSize(TestCase):
	def test_it_is_written_as_employees_times_months(self):
		self.assertEqual(parsed("1000x2"), Size(1000, 2))
		self.assertEqual((str(Size()), Size(1000, 12).weeks, Size(1000, 2).weeks), ("36000x12", 52, 9))

	def test_what_is_no_size_is_refused(self):
		for text in ("1000", "1000x0", "10x12", "ax2", "1000x12x1"):
			with self.assertRaises(HarnessError):
				parsed(text)


class TestMix(TestCase):
	def test_an_employee_has_as_many_requests_and_days_in_a_year_as_a_real_one(self):
		requests = 52 * sum(mix.WEEKS.values()) / mix.WHOLE
		days = 52 * sum(share * DAYS_USED.get(story, 0) for story, share in mix.WEEKS.items()) / mix.WHOLE
		self.assertAlmostEqual(requests, 28, delta=0.5)
		self.assertAlmostEqual(days, 97, delta=3)

	def test_a_day_has_as_much_to_do_as_that_of_a_real_province(self):
		ending = Size().employees * (mix.THIS_WEEK["due"] + mix.THIS_WEEK["due_verified"]) / mix.WHOLE
		waiting = Size().employees * mix.THIS_WEEK["due"] * 3 / mix.WHOLE
		measures = Size().employees * mix.MEASURES_DUE / mix.WHOLE
		self.assertAlmostEqual(ending, 15_000, delta=1000)
		self.assertAlmostEqual(waiting, 10_000, delta=1000)
		self.assertAlmostEqual(measures, 400, delta=20)

	def drawn(self, weeks=52, people=2000):
		everybody = [(number, mix.kind_of(number)) for number in range(1, people)]
		return list(mix.drawn(everybody, weeks, TAILS, random.Random(1)))

	def test_the_same_seed_draws_the_same_and_nobody_has_two_stories_in_a_week(self):
		found = self.drawn()
		self.assertEqual(found, self.drawn())
		weeks = Counter((number, ago) for _story, number, ago in found)
		self.assertEqual(max(weeks.values()), 1)

	def test_nothing_happens_to_who_is_suspended_and_nothing_has_ended_that_is_still_to_come(self):
		by_person = {}
		for story, number, ago in self.drawn():
			by_person.setdefault(number, {})[ago] = story
			self.assertLessEqual(TAILS.get(story, 0), ago)
		suspended = 0
		for weeks in by_person.values():
			for ago, story in weeks.items():
				quiet = range(ago - mix.QUIET.get(story, 0), ago)
				self.assertFalse(weeks.keys() & set(quiet), (story, weeks))
				suspended += story == "suspended"
			if weeks.get(0) == mix.MEASURE_DUE:
				self.assertFalse({1, 2, 3} & set(weeks))
		self.assertGreater(suspended, 0)

	def test_who_is_denied_has_only_that(self):
		weak = {number for number in range(1, 2000) if mix.kind_of(number) == "weak"}
		self.assertAlmostEqual(len(weak), 2 * mix.WEAK, delta=1)
		stories = {story for story, number, _ago in self.drawn() if number in weak}
		self.assertEqual(stories, set(mix.WEEKS_OF["weak"]))


class TestCopiedValues(TestCase):
	translate = staticmethod(
		Translator({"HR-EMP-00003": "p.employee", "Pegawai Xq": "p.full_name", "0a1b": "(name)"})
	)

	def test_people_and_names_are_replaced_wherever_they_are_written(self):
		self.assertEqual(self.translate("HR-EMP-00003"), "p.employee")
		self.assertEqual(
			self.translate("MKD of Pegawai Xq, 0a1b"), "concat('MKD of ', p.full_name, ', ', (name))"
		)

	def test_dates_move_and_what_is_no_date_of_the_story_stays(self):
		moved = "(date '2026-12-07' + interval i.shift day)"
		self.assertEqual(self.translate("2026-12-07"), f"cast({moved} as char)")
		self.assertEqual(
			self.translate("2026-12-07 20:00:01.5"), f"concat(cast({moved} as char), ' 20:00:01.5')"
		)
		self.assertEqual(self.translate("2026-W50"), f"date_format({moved}, '%x-W%v')")
		self.assertEqual(self.translate("07-12-2026"), f"date_format({moved}, '%d-%m-%Y')")
		self.assertEqual(self.translate("policy 2023-06-19"), "'policy 2023-06-19'")
		self.assertEqual(self.translate("2026-13-40"), "'2026-13-40'")

	def test_what_the_server_would_read_as_more_than_text_is_text(self):
		self.assertEqual(self.translate("it's \\ 5 %"), "'it''s \\\\ 5 %'")
		self.assertEqual([self.translate(value) for value in (None, 3, "", 1.5)], ["null", "3", "''", "1.5"])

	def test_names_are_of_the_same_kind(self):
		row = {"name": "MKD-REQ-2026-00012", "creation": "2026-12-03 09:00:00"}
		number = name_expression(Kind("tabMKD Request", 1, True), 0, row)
		self.assertIn(
			"concat('MKD-REQ-', year((date '2026-12-03' + interval i.shift day)), '-', lpad(", number
		)
		ours = name_expression(Kind("tabMKD Day", 4, False), 3, {"name": "0a1b2c3d4e5f60718293"})
		self.assertRegex(ours, r"^lower\(concat\(lpad\(conv\(\(i\.seed \* 4 \+ 3\)")
		random_name = name_expression(Kind("tabMKD Day", 4, False), 3, {"name": "0a1b2c3d4e"})
		self.assertRegex(random_name, r"^lower\(lpad\(conv\(\(i\.seed \* 4 \+ 3\)")


def answer(name, kind, median, worst, role="hr"):
	return {"role": role, "kind": kind, "name": name, "ms_median": median, "ms_p95": worst, "bytes": 1000}


LOOK = [
	answer("MKD Request: by modified desc", "list", 60, 140),
	answer("Leave Application: by modified desc", "list", 50, 900),
	answer("MKD Day: all", "count", 30, 151),
	answer("MKD Over Limit", "report", 900, 2000),
	answer("MKD Day", "calendar", 100, 250) | {"bytes": 2048},
	answer("Leave Application", "calendar", 100, 900),
	answer("4 weeks", "board", 300, 500, "head") | {"bytes": 3072},
	{"role": "employee", "kind": "list", "name": "MKD Decision Record: all", "refused": 403},
]
CROWD = {
	"ms_p95": 900,
	"ms_p99": 1000,
	"deadlocks": 0,
	"status": {"200": 90},
	"approved": 30,
	"approved_a_minute": 30,
}
FOUND = {
	"employees": 36_000,
	"months": 12,
	"look": LOOK,
	"look_month": [{**entry, "ms_median": 40} for entry in LOOK if "ms_median" in entry],
	"scan": {"seconds": 2},
	"request": {},
	"jobs": {
		"first": [
			{
				"name": "refresh_company",
				"seconds": 5,
				"statements": 50,
				"rows_written": 90,
				"peak_mb": 100,
				"statements_per_hundred_rows": 55,
			},
			{
				"name": "end_days_of",
				"seconds": 61,
				"statements": 900,
				"rows_written": 1000,
				"peak_mb": 100,
				"statements_per_hundred_rows": 90,
			},
		]
	},
	"audit": {"seconds": 9, "peak_mb": 50, "violations": {}},
	"night": {
		"1": [{"seconds": 10, "shares": 4}, {"seconds": 12, "shares": 4}],
		"2": [{"seconds": 6, "shares": 4}, {"seconds": 5, "shares": 4}],
	},
	"crowd": {
		"MKD Request": {**CROWD, "approved_a_minute": 60, "status": {"200": 90, "500": 2}, "deadlocks": 1},
		"Attendance Request": CROWD,
	},
	"sizes": {
		"mb_per_employee_year": {"tabMKD Day": 0.05, "tabMKD Request": 0.1},
		"of_the_platform": {"tabVersion": 0.2},
	},
}


class TestConclusions(TestCase):
	def test_the_worst_answer_counts_and_leave_is_only_what_ours_is_compared_with(self):
		found = conclusions({"province": deepcopy(FOUND)})
		self.assertEqual(found["province_page_seconds"], 0.15)
		self.assertEqual(found["province_page_growth"], 1.5)
		self.assertEqual(found["province_page_vs_leave"], 1.2)
		self.assertEqual(found["province_report_seconds"], 2)
		self.assertEqual((found["province_calendar_seconds"], found["province_calendar_kb"]), (0.25, 2))
		self.assertEqual((found["province_board_seconds"], found["province_board_kb"]), (0.5, 3))

	def test_jobs_and_crowd(self):
		found = conclusions({"province": deepcopy(FOUND)})
		self.assertEqual((found["province_job_seconds"], found["province_job_sql_per_100_rows"]), (61, 90))
		self.assertEqual((found["province_night_vs_scan"], found["province_night_two_workers"]), (2.5, 0.5))
		self.assertEqual(
			(found["province_crowd_vs_attendance"], found["province_crowd_p99_vs_attendance"]), (2, 1)
		)
		self.assertEqual(found["province_crowd_errors"], 3)
		self.assertEqual(found["province_mb_per_employee_year"], 0.15)

	def test_each_has_a_target_and_a_row(self):
		found = conclusions({"province": deepcopy(FOUND)})
		self.assertEqual(list(found), list(TARGETS))
		machine = {"processors": 2, "processor": "Some", "memory_mb": 1, "load": 0.1, "mariadb": "10.11"}
		machine |= {"buffer_pool_mb": 1, "durability": {}, "measured_at": "2026"}
		details = {
			"machine": machine,
			"versions": {},
			"commit": "abc",
			"outside_a_site": [],
			"province": FOUND,
		}
		text = as_text({**found, "details": details})
		for part in (
			"36,000 employees, 12 months",
			"MKD, hr: list, 1 questions",
			"end_days_of",
			"mkd-audit",
			"2 workers, 4 shares",
			"`province_crowd_errors`",
		):
			self.assertIn(part, text)
