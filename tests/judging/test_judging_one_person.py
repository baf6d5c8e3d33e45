"""Several Employee records of one NIP, and several rows on one date: judged as the one person who came or did not."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase

from mkd_simulate import TINY, TODAY, TOMORROW, judge, tiny_agency
from mkd_support import EVERY_GATE, the_pack

from mkd_hrms.policy.model import Gate, Outcome

LAST_DAY, FIRST_DAY = date(2026, 6, 30), date(2026, 7, 1)
REQUEST = {
	"MKD Request.csv": "name,employee,has_computer,has_internet,status,docstatus\nR1,NEW,1,1,Pending Approval,0\n",
	"MKD Request Date.csv": f"parent,mkd_date\nR1,{TOMORROW}\n",
}
RESULT = "name,employee,source,period_start,period_end,predicate,docstatus\n"
RESULTS = f"{RESULT}P1,OLD,e-Kinerja,2025-01-01,2025-12-31,Baik,1\n"
BOXES = "name,employee,year,box,docstatus\nB1,OLD,2025,5,1\n"
ATTENDANCE = "name,employee,attendance_date,status,half_day_status,late_entry,docstatus\n"


def working_days(since, until):
	"""Monday to Friday; the tiny agency keeps its attendance from New Year on."""
	days = (since + timedelta(days=number) for number in range((until - since).days + 1))
	return [day for day in days if day.isoweekday() < 6]


def rows(*entries):
	"""Attendance of the old record until its last day and of the new one from the first; a date of `entries` is as they say."""
	told = {(employee, str(day)) for employee, day, *_rest in entries}
	usual = [
		(employee, str(day), "Present", "", 0)
		for employee, since, until in (
			("OLD", date(2026, 1, 1), LAST_DAY),
			("NEW", FIRST_DAY, TODAY - timedelta(1)),
		)
		for day in working_days(since, until)
		if (employee, str(day)) not in told
	]
	every = [*usual, *((*entry, *("", 0)[len(entry) - 3 :]) for entry in entries)]
	lines = (f"A{number},{','.join(map(str, row))},1" for number, row in enumerate(every))
	return ATTENDANCE + "\n".join(lines) + "\n"


def employees(nip="199001012015032001", old_nip=None, joined="2015-03-01"):
	head = TINY["Employee.csv"].splitlines()[0]
	same = "Pemda,BKD,Analis,PNS"
	return (
		f"{head}\nOLD,Ani,{nip if old_nip is None else old_nip},Left,{same},2015-03-01,{LAST_DAY}\n"
		f"NEW,Ani,{nip},Active,{same},{joined},\n"
	)


WEEKENDS = "".join(
	f"Libur 2026,{day},Akhir pekan\n"
	for number in range(365)
	if (day := date(2026, 1, 1) + timedelta(number)).isoweekday() > 5
)


class PersonCase(TestCase):
	policy = replace(the_pack(), gates=EVERY_GATE - {Gate.TRK, Gate.AGREEMENT, Gate.REPORTS})

	def agency(self, **changes):
		files = {name: None for name in TINY if name.startswith(("Leave", "MKD Day", "MKD Gate"))}
		files |= {"Employee.csv": employees(), "Attendance.csv": rows(), **REQUEST}
		files |= {"MKD Performance Record.csv": RESULTS, "MKD Talent Record.csv": BOXES}
		files["Holiday.csv"] = f"{TINY['Holiday.csv']}{WEEKENDS}"
		return tiny_agency(**(files | changes))

	def judged(self, policy=None, **changes):
		"""What the rules say about the new record, and about its application."""
		judgement = judge(self.agency(**changes), policy or self.policy)
		(decision,) = (entry.decision for entry in judgement.people if entry.person.employee == "NEW")
		(answer,) = judgement.answers
		return decision, answer

	def assert_denied(self, gate, **changes):
		decision, answer = self.judged(**changes)
		self.assertEqual(decision.failed, (gate,))
		self.assertEqual((answer.outcome, answer.decisions[0].failed), (Outcome.NOT_ELIGIBLE, (gate,)))
		return decision

	def attendance(self, *entries, **changes):
		decision, _answer = self.judged(**{"Attendance.csv": rows(*entries), **changes})
		return {finding.gate: finding for finding in decision.findings}


class TestAnotherRecord(PersonCase):
	def test_with_a_clean_record_he_may_and_his_old_days_and_result_count_for_him(self):
		decision, answer = self.judged()
		self.assertEqual((decision.failed, decision.unknown), ((), ()))
		self.assertIs(answer.outcome, Outcome.ELIGIBLE)

	def test_absences_of_the_old_record_deny(self):
		days = [("OLD", f"2026-06-0{day}", "Absent") for day in (1, 2)]
		self.assert_denied("Absence", **{"Attendance.csv": rows(*days, ("NEW", "2026-07-01", "Absent"))})

	def test_lateness_of_the_old_record_denies(self):
		late = [
			("OLD", str(day), "Present", "", 1) for day in working_days(date(2026, 11, 2), date(2026, 11, 9))
		]
		old = employees().replace(str(LAST_DAY), "2026-11-09")
		self.assert_denied("Lateness", **{"Employee.csv": old, "Attendance.csv": rows(*late)})

	def test_a_discipline_record_of_the_old_record_denies(self):
		head = "name,employee,level,stage,from_date,to_date,docstatus\n"
		values = f"{head}H1,OLD,Severe,In Force,2026-01-01,2026-12-31,1\n"
		self.assert_denied("Discipline", **{"MKD Discipline Record.csv": values})

	def test_a_suspension_of_the_old_record_denies(self):
		values = "name,employee,from_date,to_date,docstatus\nS1,OLD,2026-06-01,2026-12-31,1\n"
		self.assert_denied("Suspension", **{"MKD Suspension.csv": values})

	def test_the_newest_result_of_either_record_counts(self):
		poor = "P2,OLD,e-Kinerja,2025-07-01,2026-06-30,Kurang,1\n"
		self.assert_denied("Performance", **{"MKD Performance Record.csv": RESULTS + poor})
		newer = f"{RESULTS}{poor}P3,NEW,e-Kinerja,2026-07-01,2026-09-30,Baik,1\n"
		decision, _answer = self.judged(**{"MKD Performance Record.csv": newer})
		self.assertEqual(decision.failed, ())

	def test_the_newest_box_of_either_record_counts(self):
		poor = f"{BOXES}B2,OLD,2026,2,1\n"
		self.assert_denied("Talent Box", **{"MKD Talent Record.csv": poor})
		# Of the same year his own, and no draft.
		decision, _answer = self.judged(**{"MKD Talent Record.csv": f"{poor}B3,NEW,2026,9,1\n"})
		self.assertEqual(decision.failed, ())
		drafted = f"{BOXES}B2,OLD,2026,2,0\nB3,NEW,2027,1,1\nB4,NEW,0,1,1\n"
		decision, _answer = self.judged(**{"MKD Talent Record.csv": drafted})
		self.assertEqual((decision.failed, decision.unknown), ((), ()))

	def test_an_appraisal_of_the_old_record_as_well(self):
		files = {
			"Appraisal Cycle.csv": "name,start_date,end_date\n2025,2025-01-01,2025-12-31\n",
			"Appraisal.csv": "name,employee,appraisal_cycle,total_score,docstatus\nN1,OLD,2025,1,1\n",
		}
		self.assert_denied("Performance", **files)

	def test_a_decision_about_a_gate_goes_with_the_person_in_the_order_of_its_making(self):
		absent = {"Attendance.csv": rows(*(("OLD", f"2026-06-0{day}", "Absent") for day in (1, 2, 3)))}
		head = "name,employee,gate,about,decision,valid_from,valid_until,creation,docstatus\n"
		accepted = f"{head}G2,OLD,Absence,Fail,Accepted,2026-06-10,2027-06-09,2026-06-10 09:00:00,1\n"
		decision, _answer = self.judged(**absent, **{"MKD Gate Decision.csv": accepted})
		self.assertEqual(decision.failed, ())
		refused = f"{accepted}G1,NEW,Absence,Fail,Refused,2026-08-01,2027-07-31,2026-08-01 09:00:00,1\n"
		self.assert_denied("Absence", **absent, **{"MKD Gate Decision.csv": refused})

	def test_what_is_decided_about_his_person_goes_with_him(self):
		values = "S2,Employee,OLD,Not Suitable,2026-01-01\n"
		self.assert_denied("Role", **{"MKD Suitability.csv": TINY["MKD Suitability.csv"] + values})

	def test_an_agreement_is_signed_anew_for_a_new_employment(self):
		policy = replace(self.policy, gates=self.policy.gates | {Gate.AGREEMENT})
		head = "name,employee,valid_from,valid_to,signed_on\n"
		for employee, failed in (("OLD", ("Agreement",)), ("NEW", ())):
			values = f"{head}A1,{employee},2026-01-01,2026-12-31,2026-01-01\n"
			self.assertEqual(self.judged(policy, **{"MKD Agreement.csv": values})[0].failed, failed)

	def test_service_counts_from_the_joining_of_the_record_that_applies(self):
		self.assert_denied("Not New", **{"Employee.csv": employees(joined=str(FIRST_DAY))})

	def test_leave_that_was_approved_on_the_old_record_stands_against_the_date(self):
		head = "name,employee,from_date,to_date,status,docstatus\n"
		values = f"{head}L1,OLD,{TOMORROW},{TOMORROW},Approved,1\n"
		_decision, answer = self.judged(**{"Leave Application.csv": values})
		self.assertIn("L1", str(answer.messages[0]))

	def test_somebody_elses_record_counts_for_nobody_nor_does_one_without_a_nip(self):
		days = {"Attendance.csv": rows(*(("OLD", f"2026-06-0{day}", "Absent") for day in (1, 2, 3)))}
		for nip, old_nip in (("199001012015032001", "199001012015032009"), ("", "")):
			files = {"Employee.csv": employees(nip, old_nip)}
			self.assertNotIn("Absence", self.judged(**days, **files)[0].failed)


class TestOneDate(PersonCase):
	ABSENT = tuple(("NEW", f"2026-10-0{day}", "Absent") for day in (5, 6, 7))

	def beside(self, *second, also=()):
		"""Three dates absent in one shift, and something else in another."""
		more = [("NEW", day, *second) for _employee, day, _status in self.ABSENT]
		return self.attendance(*self.ABSENT, *more, *also)

	def test_whoever_came_in_another_shift_was_not_absent(self):
		for second in (
			("Present",),
			("Work From Home",),
			("Half Day", "Present"),
			("Present", "", 1),
		):
			with self.subTest(second):
				found = self.beside(*second)
				self.assertEqual((found["Absence"].verdict.value, found["Absence"].actual), ("Pass", 0))

	def test_half_a_day_in_another_shift_leaves_its_own_half(self):
		self.assertEqual(self.beside("Half Day", "Absent")["Absence"].actual, 1.5)

	def test_half_a_day_beside_a_whole_one_is_none_and_beside_another_half_is_one_half(self):
		half = [("NEW", "2026-10-05", "Half Day", "Absent")]
		self.assertEqual(self.attendance(*half, ("NEW", "2026-10-05", "Present"))["Absence"].actual, 0)
		self.assertEqual(self.attendance(*half, *half)["Absence"].actual, 0.5)

	def test_absent_in_both_shifts_or_beside_a_leave_that_nobody_approved_is_absent_once(self):
		for second in (("Absent",), ("On Leave",)):
			self.assertEqual(self.beside(*second)["Absence"].actual, 3)

	def test_late_in_one_shift_is_a_late_day_once_and_the_date_is_recorded_once(self):
		late = ("Present", "", 1)
		self.assertEqual(self.beside(*late)["Lateness"].actual, 0)
		recent = [("NEW", "2026-11-16", "Absent"), *(("NEW", "2026-11-16", *late),) * 2]
		self.assertEqual(self.attendance(*recent)["Lateness"].actual, 1)
		once, twice = self.attendance(), self.beside("Present")
		self.assertEqual(once["Records"].actual, twice["Records"].actual)

	def test_so_is_whoever_came_through_his_other_record(self):
		old = employees().replace(str(LAST_DAY), "2026-10-06")
		days = [("OLD", day, "Present") for _employee, day, _status in self.ABSENT]
		found = self.attendance(*self.ABSENT, *days, **{"Employee.csv": old})
		# On Wednesday the old record had ended.
		self.assertEqual(found["Absence"].actual, 1)
