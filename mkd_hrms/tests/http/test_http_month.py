"""A month of thirteen employees, played in their browsers on the days on which it happens; `month_expected` is its end.

After every act the audit of the invariants is asked.
"""

import frappe

from mkd_hrms.constants import DAILY_REPORT, DAY, OBJECTION, REQUEST, SUSPENSION
from mkd_hrms.tests.support.day_case import moment
from mkd_hrms.tests.support.http_world import stored
from mkd_hrms.tests.support.month_expected import (
	ATTENDANCE,
	LEDGER,
	MAILS,
	MEASURES,
	NOTICES,
	OBJECTIONS,
	REPORTS,
	REQUESTS,
	TUESDAYS,
)
from mkd_hrms.tests.support.month_stage import ABSENT, MonthCase, on, set_stage

setUpModule = set_stage
FIRST, SECOND, THIRD, FOURTH = TUESDAYS
EVERYBODY = tuple(LEDGER)
DENIED = ("fajar", "gita", "nina")
APPROVED = tuple(name for name in EVERYBODY if name not in DENIED)


class TestAMonth(MonthCase):
	maxDiff = None

	def test_it_ends_as_it_was_written_down(self):
		self.play_november()
		self.play_first_week()
		self.play_second_week()
		self.play_third_week()
		self.play_fourth_week()
		self.sound(of_the_site=True)
		self.compare()

	def play_november(self):
		"""Wednesday: all apply. On Thursday and Friday those who were denied are heard, or apply once more."""
		for name in EVERYBODY:
			request = self.apply(name, TUESDAYS)
			self.assertEqual(request.status, "Denied" if name in DENIED else "Pending Approval", name)
		self.approve(*APPROVED)
		self.clock(on(26, 11), 9)
		objections = {
			name: self.object(name, REQUEST, self.people[name].request) for name in ("fajar", "gita")
		}
		self.mark_outage(moment(ABSENT[0], 7), moment(ABSENT[0], 9), "Mesin absensi tidak terhubung")
		self.assertEqual(self.apply("nina", TUESDAYS).status, "Pending Approval")
		self.clock(on(27, 11), 9)
		self.rule(objections["fajar"], "Dismiss Objection", "Nilai kinerja sudah benar")
		self.rule(objections["gita"], "Uphold", "Absensi mesin rusak")
		self.approve("gita", "nina")
		self.scheduler()

	def play_first_week(self):
		self.work(
			FIRST,
			checked_in=("adi", "citra", "dewi", "kiki"),
			reported=("adi", "gita", "hana", "indra", "joko", "nina"),
		)
		self.report_after_an_outage("mira", FIRST)
		self.clock(on(2), 8)
		self.report("beni", FIRST)
		self.clock(on(2), 10, 15)
		self.scheduler()
		self.clock(on(2), 14)
		eka = self.day_of("eka", FIRST)
		self.call("boss", "confirm_no_show", mkd_day=eka, confirmed=1, reason="Tidak dapat dihubungi")
		self.look_at_all(FIRST, ("adi", "beni", "gita", "hana", "indra", "mira", "nina"))
		self.look_at("joko", FIRST, "Return Report", "Sebutkan keluarannya")
		self.scheduler()
		self.assertEqual(self.ledger("eka"), ["No Show", "Suspended", "Suspended", "Suspended"])
		self.clock(on(4), 9)
		self.revise("joko", FIRST)
		objection = self.object("eka", DAY, eka)
		self.clock(on(4), 14)
		self.look_at("joko", FIRST, "Verify Report")
		self.rule(objection, "Uphold", "Terbukti bekerja")
		leave = self.ask_for_leave("indra", SECOND, approver="boss")
		self.submit("boss", "Leave Application", leave, status="Approved")
		self.scheduler()
		self.assertEqual(self.ledger("eka"), ["Worked", "Approved", "Approved", "Approved"])

	def play_second_week(self):
		self.clock(on(7), 10)
		self.call("boss", "recall_days", mkd_days=[self.day_of("hana", SECOND)], reason="Rapat mendadak")
		self.work(
			SECOND,
			checked_in=("adi", "citra", "dewi", "kiki"),
			reported=("adi", "beni", "citra", "eka", "gita", "joko", "mira", "nina"),
		)
		self.clock(on(9), 10, 15)
		self.scheduler()
		for name in ("dewi", "kiki"):
			self.assertEqual(self.ledger(name), ["Worked", "Worked", "Suspended", "Suspended"])
		self.clock(on(9), 14)
		self.look_at_all(SECOND, ("adi", "beni", "citra", "eka", "gita", "mira", "nina"))
		self.look_at("joko", SECOND, "Reject", "Keluaran tidak ada")
		self.clock(on(10), 9)
		objection = self.object("joko", DAILY_REPORT, self.report_of("joko", SECOND))
		self.clock(on(11), 9)
		self.rule(objection, "Uphold", "Keluaran ada di sistem lain")
		self.scheduler()
		self.clock(on(14), 9)
		self.revise("joko", SECOND)
		self.clock(on(14), 14)
		self.look_at("joko", SECOND, "Verify Report")

	def play_third_week(self):
		self.clock(THIRD, 7, 45)
		self.scheduler()
		self.work(
			THIRD,
			checked_in=("adi", "citra"),
			reported=("adi", "beni", "citra", "eka", "gita", "indra", "joko", "nina"),
			meanwhile=lambda: self.call(
				"boss", "revoke_days", mkd_days=[self.day_of("hana", THIRD)], reason="Dibutuhkan di kantor"
			),
		)
		self.clock(on(16), 10, 15)
		self.scheduler()
		self.clock(on(16), 14)
		mira = self.day_of("mira", THIRD)
		self.call("boss", "confirm_no_show", mkd_day=mira, confirmed=1, reason="Tidak dapat dihubungi")
		self.look_at_all(THIRD, ("adi", "beni", "citra", "eka", "gita", "indra", "joko", "nina"))
		self.lift("kiki", "Laporan ternyata dikirim lewat surel")
		self.scheduler()
		self.assertEqual(self.ledger("kiki"), ["Worked", "Worked", "Released", "Approved"])
		self.assertEqual(self.ledger("mira"), ["Worked", "Worked", "No Show", "Suspended"])
		self.clock(on(17), 9)
		outage = self.mark_outage(moment(THIRD, 7), moment(on(16), 12), "Kabel serat optik putus")
		self.assertEqual(outage.taken_back, "Missing: 1, No Show: 1")
		self.scheduler()
		self.assertEqual(self.ledger("mira"), ["Worked", "Worked", "Approved", "Approved"])
		# The report was due at midnight: 29 hours were lost, and are given from the moment in which that was recorded.
		self.clock(on(17), 20)
		self.revise("mira", THIRD)
		self.clock(on(18), 14, 15)
		self.look_at("mira", THIRD, "Verify Report")
		self.scheduler()

	def play_fourth_week(self):
		self.clock(FOURTH, 7, 45)
		self.scheduler()
		everybody = tuple(name for name in EVERYBODY if name not in ("dewi", "fajar"))
		self.work(FOURTH, checked_in=("adi", "citra", "kiki"), reported=everybody)
		self.clock(on(23), 10, 15)
		self.scheduler()
		self.clock(on(23), 14)
		self.look_at_all(FOURTH, everybody)
		self.clock(on(24), 6)
		self.scheduler()

	def work(self, day, checked_in, reported, meanwhile=None):
		"""A Tuesday: in at 07:30, out at 16:00, the report in the evening."""
		self.clock(day, 7, 29)
		for name in checked_in:
			self.check_in(name, "IN")
		if meanwhile:
			self.clock(day, 11)
			meanwhile()
		self.clock(day, 16, 1)
		for name in checked_in:
			self.check_in(name, "OUT")
		self.clock(day, 20)
		for name in reported:
			self.report(name, day)

	def look_at_all(self, day, names):
		for name in names:
			self.look_at(name, day, "Verify Report")

	def report_after_an_outage(self, name, day):
		"""After midnight it is late, until an officer marks what kept him from it before."""
		next_day = on(day.day + 1)
		self.clock(next_day, 0, 35)
		self.report(name, day)
		self.assertEqual(self.reports(name)[0], "Submitted, late")
		self.clock(next_day, 0, 40)
		self.mark_outage(moment(day, 22, 30), moment(next_day, 0, 30), "Listrik pusat data padam")
		self.assertEqual(self.reports(name)[0], "Submitted")

	def lift(self, name, reason):
		"""HR ends a suspension early, and it is on record who did, when and why."""
		suspension = frappe.db.get_value(SUSPENSION, {"employee": self.people[name].name})
		self.call("hr", "lift_suspension", suspension=suspension, reason=reason)
		lifted = frappe.db.get_value(SUSPENSION, suspension, ["lifted_on", "lifted_by", "lift_reason"])
		self.assertEqual(lifted, (frappe.utils.getdate(), self.user("hr"), reason))

	def ledger(self, name):
		return self.column(name, DAY, "status", TUESDAYS, "mkd_date")

	def compare(self):
		"""The tables that were written beforehand."""
		everybody = {name: self.found(name) for name in EVERYBODY}
		expected = {
			name: {
				"request": REQUESTS[name],
				"ledger": LEDGER[name],
				"attendance": ATTENDANCE[name],
				"reports": REPORTS[name],
				"measures": MEASURES.get(name, []),
				"objections": OBJECTIONS.get(name, []),
				"mails": MAILS[name],
				"notices": NOTICES[name],
			}
			for name in EVERYBODY
		}
		for name in EVERYBODY:
			with self.subTest(name):
				self.assertEqual(everybody[name], expected[name])

	def found(self, name):
		person = self.people[name]
		return {
			"request": stored(person.request).status,
			"ledger": self.ledger(name),
			"attendance": self.column(name, "Attendance", "status", TUESDAYS, "attendance_date"),
			"reports": self.reports(name),
			"measures": self.measures(name),
			"objections": frappe.get_all(OBJECTION, {"employee": person.name}, pluck="status"),
			"mails": dict(self.mails(name)),
			"notices": dict(self.notices(name)),
		}

	def reports(self, name):
		status = self.column(name, DAILY_REPORT, "status", TUESDAYS, "mkd_date")
		late = self.column(name, DAILY_REPORT, "is_late", TUESDAYS, "mkd_date")
		return [f"{state}, late" if is_late else state for state, is_late in zip(status, late, strict=True)]

	def measures(self, name):
		found = []
		for doctype in ("MKD Warning", SUSPENSION):
			for row in frappe.get_all(
				doctype, {"employee": self.people[name].name}, ["*"], order_by="creation"
			):
				kind = row.get("measure") or "Warning"
				found.append((kind, str(row.from_date), str(row.to_date), row.status))
		return found
