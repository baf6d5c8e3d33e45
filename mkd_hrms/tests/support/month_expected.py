"""The month as it must end, written down before it was played: four Tuesdays of thirteen employees.

| Who | What happens to him |
|---|---|
| adi | works and reports; his reports are verified |
| beni | hands in one report after midnight: late |
| citra | misses a report: a warning |
| dewi | misses two reports: a warning, then two weeks without MKD |
| eka | is neither there nor reports; it is confirmed, and his objection is upheld |
| fajar | is denied for his result, and his objection is dismissed |
| gita | is denied for three absences, his objection is upheld, and he works away |
| hana | is called back in time once, and once too late |
| indra | applies for leave on one of the days, and his leave approver approves it |
| joko | gets a report back and revises it; another is rejected, and his objection is upheld |
| kiki | misses two reports like dewi; HR lifts the suspension early, and the last day is approved again |
| mira | reports after midnight because of an outage: in time. A second outage keeps her out for a day; the absence that was confirmed is taken back with all that followed, and she reports afterwards |
| nina | is denied for three absences; an outage is marked on one of those days, and the second application is approved |
"""

from datetime import date

TUESDAYS = [date(2026, 12, day) for day in (1, 8, 15, 22)]
WORKED, RELEASED, REVOKED = "Worked", "Released", "Revoked"
LEDGER = {
	"adi": [WORKED, WORKED, WORKED, WORKED],
	"beni": [WORKED, WORKED, WORKED, WORKED],
	"citra": [WORKED, WORKED, WORKED, WORKED],
	# Suspended when the hour of the day came: a day in the office, which counts in no week.
	"dewi": [WORKED, WORKED, RELEASED, RELEASED],
	"eka": [WORKED, WORKED, WORKED, WORKED],
	"fajar": [None, None, None, None],
	"gita": [WORKED, WORKED, WORKED, WORKED],
	"hana": [WORKED, RELEASED, REVOKED, WORKED],
	"indra": [WORKED, RELEASED, WORKED, WORKED],
	"joko": [WORKED, WORKED, WORKED, WORKED],
	# Suspended when the hour of the third day came, and lifted on the day after it.
	"kiki": [WORKED, WORKED, RELEASED, WORKED],
	"mira": [WORKED, WORKED, WORKED, WORKED],
	"nina": [WORKED, WORKED, WORKED, WORKED],
}
HOME, PRESENT, LEAVE = "Work From Home", "Present", "On Leave"
ATTENDANCE = {
	"adi": [HOME, HOME, HOME, HOME],
	"beni": [HOME, HOME, HOME, HOME],
	"citra": [HOME, HOME, HOME, HOME],
	"dewi": [HOME, HOME, PRESENT, PRESENT],
	"eka": [HOME, HOME, HOME, HOME],
	"fajar": [PRESENT, PRESENT, PRESENT, PRESENT],
	"gita": [HOME, HOME, HOME, HOME],
	"hana": [HOME, PRESENT, PRESENT, HOME],
	"indra": [HOME, LEAVE, HOME, HOME],
	"joko": [HOME, HOME, HOME, HOME],
	"kiki": [HOME, HOME, PRESENT, HOME],
	"mira": [HOME, HOME, HOME, HOME],
	"nina": [HOME, HOME, HOME, HOME],
}
# The state of the report, and whether it was late.
VERIFIED, LATE, MISSING = "Verified", "Verified, late", "Missing"
REPORTS = {
	"adi": [VERIFIED, VERIFIED, VERIFIED, VERIFIED],
	"beni": [LATE, VERIFIED, VERIFIED, VERIFIED],
	"citra": [MISSING, VERIFIED, VERIFIED, VERIFIED],
	"dewi": [MISSING, MISSING, None, None],
	"eka": [MISSING, VERIFIED, VERIFIED, VERIFIED],
	"fajar": [None, None, None, None],
	"gita": [VERIFIED, VERIFIED, VERIFIED, VERIFIED],
	"hana": [VERIFIED, None, None, VERIFIED],
	"indra": [VERIFIED, None, VERIFIED, VERIFIED],
	"joko": [VERIFIED, VERIFIED, VERIFIED, VERIFIED],
	"kiki": [MISSING, MISSING, None, VERIFIED],
	# One was handed in after midnight and one two days later, and neither is late.
	"mira": [VERIFIED, VERIFIED, VERIFIED, VERIFIED],
	"nina": [VERIFIED, VERIFIED, VERIFIED, VERIFIED],
}
# Measure, first day, last day, state at the end of the month.
MEASURES = {
	"citra": [("Warning", "2026-12-03", "2027-01-01", "In Force")],
	"dewi": [
		("Warning", "2026-12-03", "2027-01-01", "In Force"),
		("Suspension", "2026-12-10", "2026-12-23", "Ended"),
	],
	"eka": [("Revocation", "2026-12-03", "2027-03-02", "Annulled")],
	# Its dates stay as they were; that it was lifted is a record of its own.
	"kiki": [
		("Warning", "2026-12-03", "2027-01-01", "In Force"),
		("Suspension", "2026-12-10", "2026-12-23", "Lifted"),
	],
	"mira": [("Revocation", "2026-12-17", "2027-03-16", "Annulled")],
}
REQUESTS = {
	**dict.fromkeys(LEDGER, "Approved"),
	"fajar": "Denied",
}
OBJECTIONS = {"eka": ["Upheld"], "fajar": ["Dismissed"], "gita": ["Upheld"], "joko": ["Upheld"]}
# What each of them is told in the desk, and how often. A report that was verified asks for nothing, so it is not told.
NOTICES = {
	"adi": {"request approved": 1},
	"beni": {"request approved": 1},
	"citra": {"request approved": 1, "report missing": 1, "warning": 1},
	"dewi": {
		"request approved": 1,
		"report missing": 2,
		"warning": 1,
		"suspension": 1,
		"days suspended": 1,
		"measure ended": 1,
	},
	"eka": {
		"request approved": 1,
		"report missing": 1,
		"revocation": 1,
		"days suspended": 1,
		"objection upheld": 1,
		"measure annulled": 1,
		"days approved again": 1,
	},
	"fajar": {"request denied": 1, "objection dismissed": 1},
	"gita": {"request denied": 1, "objection upheld": 1, "request approved": 1},
	"hana": {"request approved": 1, "called back": 1, "day revoked": 1},
	"indra": {"request approved": 1},
	"joko": {"request approved": 1, "report returned": 2, "report rejected": 1, "objection upheld": 1},
	"kiki": {
		"request approved": 1,
		"report missing": 2,
		"warning": 1,
		"suspension": 1,
		"days suspended": 1,
		"measure lifted": 1,
		"days approved again": 1,
	},
	"mira": {
		"request approved": 1,
		"report missing": 1,
		"revocation": 1,
		"days suspended": 1,
		"measure annulled": 1,
		"days approved again": 1,
	},
	"nina": {"request denied": 1, "request approved": 1},
}
# All of it comes by mail, too.
MAILS = NOTICES
