"""A few people whose requests, days, reports and measures the app's own services write, on the days on which it happens.

All of it is done over HTTP by whom it concerns, and by the scheduled jobs. The weeks:

| Week of | What |
|---|---|
| 7 December | the stories that are over: days from Monday to Thursday, and what follows from them |
| 21 December | the stories of this week, as they stand on Thursday morning: `OPEN_AT` |
"""

from datetime import date, timedelta

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.world import TODAY, UNCLASSIFIED

MONDAY, THIS_MONDAY = date(2026, 12, 7), date(2026, 12, 21)
DAYS = [MONDAY + timedelta(days=number) for number in range(4)]
DUE = [THIS_MONDAY + timedelta(days=number) for number in range(3)]
NEXT = [THIS_MONDAY + timedelta(days=7 + number) for number in range(3)]
WORKERS = (
	"worked worked_again three late returned escalated recalled missing no_show suspended reviewed".split()
)
OVER = [*WORKERS, "rejected", "withdrawn", "expired", "denied", "denied_objected", "leave"]
# The same happens to both: what the app wrote for the second must be what a copy of the first is.
AGAIN = ("worked", "worked_again")
# Leave beside each request, for HRMS's own lists: a Saturday, which takes no working day from anybody.
SATURDAY = MONDAY + timedelta(days=5)
OPEN = "due due_verified pending booked".split()
# Stands as it was on the morning after its last day.
MEASURE_DUE = {"measure_due": "suspended"}
VALUES = {
	"denied": {"absent_on": working_days_before(TODAY, 3)},
	"denied_objected": {"absent_on": working_days_before(TODAY, 3)},
	"reviewed": {"designation": UNCLASSIFIED},
}
DATES = {
	"three": DAYS[1:],
	"suspended": DAYS[:3],
	"missing": DAYS[:3],
	"no_show": DAYS[:2],
	"reviewed": DAYS[:2],
}
# Who hands in nothing on which of his days, and who was not there at all.
WITHOUT_REPORT = {"missing": DAYS[:1], "suspended": DAYS[:2], "no_show": DAYS[:1]}
AFTER_MIDNIGHT = {"late": DAYS[1]}
RECALLED, REVOKED = DAYS[1], DAYS[2]


def dates_of(name):
	return DATES.get(name, DAYS)


def play_what_is_over(stage):
	"""From the application to the last verification of the week of 7 December."""
	_ask(stage)
	for day in DAYS:
		_work(stage, day)
		_morning_after(stage, day)
	_afterwards(stage)


def play_this_week(stage):
	"""As it stands on Thursday, before yesterday ends."""
	stage.clock(date(2026, 12, 18), 9)
	for name in ("due", "due_verified"):
		stage.asks(name, DUE)
	stage.clock(date(2026, 12, 18), 10)
	stage.approve("due", "due_verified")
	for day in DUE:
		_spend(stage, day, ("due", "due_verified"), ("due", "due_verified"))
		if day == DUE[1]:
			for name in ("pending", "booked"):
				stage.asks(name, NEXT)
			stage.approve("booked")
		stage.clock(day, 21)
		stage.verifies("due_verified", day)
		if day != DUE[-1]:
			stage.clock(day + timedelta(days=1), 10, 15)
			stage.scheduler()
	stage.clock(date(2026, 12, 24), 9, 30)
	stage.auto_attendance()


def play_the_end_of_measures(stage):
	"""The morning after the last day of a suspension, and of a warning."""
	for day in (date(2026, 12, 25), date(2027, 1, 9)):
		stage.clock(day, 1)
		stage.scheduler()


def _ask(stage):
	"""On Thursday of the week before; the superior decides the same day."""
	stage.clock(date(2026, 12, 3), 9)
	for name in (name for name in OVER if name != "leave"):
		stage.asks(name, dates_of(name))
	leave = stage.ask_for_leave("leave", SATURDAY, approver="boss")
	stage.clock(date(2026, 12, 3), 10)
	stage.approve(*(name for name in WORKERS if name != "reviewed"))
	stage.submit("boss", "Leave Application", leave, status="Approved")
	stage.ok(stage.press("boss", REQUEST, stage.people["rejected"].request, "Reject"))
	stage.ok(stage.press("withdrawn", REQUEST, stage.people["withdrawn"].request, "Withdraw"))
	decided = {"decision": "Accepted", "reason": "Tugas sudah dinilai", "valid_until": "2026-12-31"}
	stage.call("hr", "decide_gates", requests=[stage.people["reviewed"].request], **decided)
	stage.approve("reviewed")
	objection = stage.object("denied_objected", REQUEST, stage.people["denied_objected"].request)
	stage.clock(date(2026, 12, 4), 9)
	stage.rule(objection, "Dismiss Objection", "Absensi sudah benar")
	stage.clock(MONDAY, 7, 0)
	stage.call("boss", "recall_days", mkd_days=[stage.day_of("recalled", RECALLED)], reason="Rapat mendadak")


def _work(stage, day):
	working = [name for name in WORKERS if day in dates_of(name)]
	if day >= RECALLED:
		working.remove("recalled")
	suspended = day > DAYS[1] and "suspended" in working
	present = [name for name in working if not (name == "no_show" and day == DAYS[0])]
	if suspended:
		present.remove("suspended")
	reported = [
		name
		for name in present
		if day not in WITHOUT_REPORT.get(name, ()) and AFTER_MIDNIGHT.get(name) != day
	]
	_spend(stage, day, present, reported)


def _spend(stage, day, present, reported):
	"""In at half past seven, out at four, the report in the evening."""
	stage.clock(day, 7, 29)
	stage.presence(present, "IN")
	stage.clock(day, 16, 1)
	stage.presence(present, "OUT")
	stage.clock(day, 20)
	for name in reported:
		stage.report(name, day)
	stage.reported = reported


def _morning_after(stage, day):
	"""The day ends at ten; the superior verifies in the afternoon."""
	morning = day + timedelta(days=1)
	stage.clock(morning, 8)
	for name in (name for name, late in AFTER_MIDNIGHT.items() if late == day):
		stage.report(name, day)
		stage.reported.append(name)
	stage.clock(morning, 10, 15)
	stage.scheduler()
	stage.clock(morning, 14)
	if day == DAYS[0]:
		no_show = stage.day_of("no_show", day)
		stage.call("boss", "confirm_no_show", mkd_day=no_show, confirmed=1, reason="Tidak dapat dihubungi")
	for name in stage.reported:
		if (name, day) == ("returned", DAYS[0]):
			stage.verifies(name, day, action="Return Report", note="Sebutkan keluarannya")
		elif (name, day) != ("escalated", DAYS[0]):
			stage.verifies(name, day)
	if day == DAYS[0]:
		stage.scheduler()
		stage.clock(morning, 15)
		stage.revise("returned", day)
		# Each request begins at the hour that was set: nobody reads a report before it came in.
		stage.clock(morning, 16)
		stage.verifies("returned", day)
		objection = stage.object("no_show", DAY, stage.day_of("no_show", day))
		stage.rule(objection, "Uphold", "Terbukti bekerja")
		stage.scheduler()


def _afterwards(stage):
	"""Nobody verified one of the reports in three working days: it goes to the next above."""
	stage.clock(date(2026, 12, 14), 9)
	stage.scheduler()
	stage.clock(date(2026, 12, 14), 10)
	stage.verifies("escalated", DAYS[0], user="chief")
