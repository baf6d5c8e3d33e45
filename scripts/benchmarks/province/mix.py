"""How often each story happens: what an agency is like, in one table. Standard library only.

Together an employee has about 28 requests and 97 MKD days a year: he works away in a little more than every second week.
"""

WHOLE = 10_000
MEASURE_DUE = "measure_due"
# Of ten thousand weeks of an employee; the rest he spends in the office.
WEEKS = {
	"worked": 2330,
	"three": 1550,
	"late": 420,
	"returned": 360,
	"escalated": 200,
	"recalled": 170,
	"rejected": 110,
	"withdrawn": 130,
	"expired": 60,
	"missing": 36,
	"no_show": 18,
	"suspended": 9,
}
# Of ten thousand weeks of who is denied for his result, and of whom too little is known about.
WEEKS_OF = {
	"weak": {"denied": 600, "denied_objected": 200},
	"unclear": {"reviewed": 400},
}
# Of ten thousand employees in this week: days of yesterday that have not ended, reports that wait, what is asked for.
THIS_WEEK = {"due": 950, "due_verified": 3400, "pending": 600, "booked": 1500}
# Of ten thousand employees: a suspension whose last day was yesterday.
MEASURES_DUE = 111
# Of a thousand employees.
WEAK, UNCLEAR = 20, 10
# For so many weeks nothing happens to somebody who was suspended: he may not work away.
QUIET = {"suspended": 3, "missing": 4, "no_show": 4}


def drawn(people, weeks, tails, random):
	"""Which story happens to whom in which week, as (story, person, weeks ago); `people` are numbers with their kinds.

	A story whose end is younger than today has not happened yet; `tails` says how many weeks it takes.
	"""
	for number, kind in people:
		this_week = None if kind in WEEKS_OF else _of_this_week(random)
		quiet_until = weeks + 1
		for ago in range(weeks, 0, -1):
			story = _drawn(WEEKS_OF.get(kind, WEEKS), random)
			spared = this_week == MEASURE_DUE and ago <= QUIET["suspended"] + tails["suspended"]
			if not story or ago >= quiet_until or tails[story] > ago or spared:
				continue
			yield story, number, ago
			quiet_until = ago - QUIET.get(story, 0)
		if this_week and quiet_until > 0:
			yield this_week, number, 0


def _of_this_week(random):
	return MEASURE_DUE if random.randrange(WHOLE) < MEASURES_DUE else _drawn(THIS_WEEK, random)


def _drawn(shares, random):
	draw = random.randrange(WHOLE)
	for story, share in shares.items():
		if draw < share:
			return story
		draw -= share
	return None


def kind_of(number):
	"""The kind of an employee, by his number, so that it is the same in every size."""
	place = number * 7919 % 1000
	return "weak" if place < WEAK else "unclear" if place < WEAK + UNCLEAR else "staff"
