"""The tables of this app, as far as the rules read them. A closed register must be there, even if it is empty."""

from __future__ import annotations

from mkd_hrms.facts.coverage_rules import WEEKDAYS
from mkd_hrms.policy.model import FIRST_BOX, LAST_BOX, PREDICATES, RELEASED, USED_DAY_STATES, Gate, folded
from mkd_hrms.policy.packs import LAST_YEAR
from mkd_hrms.simulate.files.columns import (
	CHECK,
	DATE,
	DATETIME,
	DOCSTATUS,
	EMPLOYEE,
	HIGHEST_SCORE,
	KEY,
	MODIFIED,
	NUMBER,
	PERIOD,
	WHOLE,
	Column,
	Table,
	needed,
)

# The question has three answers, of which one is none. A box that is not ticked, as older exports have it, is none.
ANSWERS = (("yes", "Yes"), ("ya", "Yes"), ("no", "No"), ("tidak", "No"))
TICKS = (*((tick, "Yes") for tick in ("1", "1.0", "true")), *((tick, None) for tick in ("0", "0.0", "false")))
MINUTES_OF_A_MONTH = 31 * 24 * 60

OURS: tuple[Table, ...] = (
	Table(
		"MKD Calendar",
		(
			needed("company", refers_to="Company"),
			needed("holiday_list", refers_to="Holiday List"),
			Column("idx", WHOLE),
		),
	),
	Table(
		"MKD Suitability",
		(
			KEY,
			needed("reference_doctype", words=("Designation", "Department", "Employee")),
			needed("reference_name"),
			needed("verdict", words=("Suitable", "Public Service", "Not Suitable")),
			needed("valid_from", DATE),
			Column("valid_to", DATE),
		),
		(("valid_from", "valid_to"),),
	),
	Table(
		"MKD Discipline Record",
		(
			KEY,
			EMPLOYEE,
			needed("level", words=("Light", "Medium", "Severe")),
			needed("stage", words=("In Process", "In Force", "Ended", "Annulled")),
			needed("from_date", DATE),
			Column("to_date", DATE),
			DOCSTATUS,
		),
		PERIOD,
		closed=True,
	),
	Table(
		"MKD Performance Record",
		(
			KEY,
			EMPLOYEE,
			needed("source", words=("TRK", "e-Kinerja", "Manual")),
			Column("period_start", DATE),
			needed("period_end", DATE),
			Column(
				"predicate", words=PREDICATES, spellings=tuple((folded(word), word) for word in PREDICATES)
			),
			Column("has_score", CHECK, words=("0", "1")),
			Column("score", NUMBER, most=HIGHEST_SCORE),
			Column("innovation", CHECK, words=("0", "1")),
			Column("productive_minutes", WHOLE, most=MINUTES_OF_A_MONTH),
			MODIFIED,
			DOCSTATUS,
		),
		(("period_start", "period_end"),),
	),
	Table(
		"MKD Talent Record",
		(
			KEY,
			EMPLOYEE,
			Column("year", WHOLE, required=True, may_be_missing=False, most=LAST_YEAR),
			needed("box", WHOLE, words=tuple(map(str, range(FIRST_BOX, LAST_BOX + 1)))),
			Column("x_axis", NUMBER),
			Column("y_axis", NUMBER),
			Column("total_axis", NUMBER),
			MODIFIED,
			DOCSTATUS,
		),
	),
	Table(
		"MKD Suspension",
		(
			KEY,
			EMPLOYEE,
			needed("from_date", DATE),
			needed("to_date", DATE),
			Column("lifted_on", DATE),
			DOCSTATUS,
		),
		PERIOD,
		closed=True,
	),
	Table(
		"MKD Agreement",
		(
			KEY,
			EMPLOYEE,
			needed("valid_from", DATE),
			needed("valid_to", DATE),
			Column("signed_on", DATE),
		),
		(("valid_from", "valid_to"),),
		closed=True,
	),
	Table(
		"MKD Gate Decision",
		(
			KEY,
			EMPLOYEE,
			needed("gate", words=tuple(gate.value for gate in Gate)),
			needed("about", words=("Unknown", "Fail")),
			needed("decision", words=("Accepted", "Refused")),
			needed("valid_from", DATE),
			needed("valid_until", DATE),
			Column("creation", DATETIME),
			DOCSTATUS,
		),
		(("valid_from", "valid_until"),),
	),
	Table(
		"MKD Day",
		(
			KEY,
			EMPLOYEE,
			Column("person"),
			needed("mkd_date", DATE),
			Column("iso_week"),
			Column("slot", WHOLE),
			needed("status", words=(*USED_DAY_STATES, RELEASED)),
			Column("source_doctype"),
			Column("source_name"),
		),
	),
	Table(
		"MKD Daily Report",
		(
			KEY,
			EMPLOYEE,
			needed("mkd_date", DATE),
			Column("mkd_day", refers_to="MKD Day"),
			needed("status", words=("Draft", "Submitted", "Verified", "Returned", "Rejected", "Missing")),
			DOCSTATUS,
		),
	),
	Table(
		"MKD Outage",
		(
			KEY,
			needed("from_datetime", DATETIME),
			needed("to_datetime", DATETIME),
			needed("scope", words=("All", "Company", "Department")),
			Column("company", refers_to="Company"),
			Column("department", refers_to="Department"),
			Column("recorded_on", DATETIME),
			DOCSTATUS,
		),
		(("from_datetime", "to_datetime"),),
	),
	Table(
		"MKD Request",
		(
			KEY,
			EMPLOYEE,
			Column("from_date", DATE),
			Column("to_date", DATE),
			Column("has_computer", words=("Yes", "No"), spellings=ANSWERS + TICKS),
			Column("has_internet", words=("Yes", "No"), spellings=ANSWERS + TICKS),
			Column("special_circumstances", CHECK, words=("0", "1")),
			Column("status"),
			DOCSTATUS,
		),
		PERIOD,
	),
	Table("MKD Request Date", (needed("parent", refers_to="MKD Request"), needed("mkd_date", DATE))),
	Table(
		"MKD Coverage Rule",
		(
			KEY,
			needed("department", refers_to="Department"),
			Column("company", refers_to="Company"),
			needed("valid_from", DATE),
			Column("valid_to", DATE),
			Column("cap_percent", NUMBER, required=True, may_be_missing=False, most=100),
			Column("min_on_site", WHOLE, required=True, may_be_missing=False),
			Column("min_on_site_percent", NUMBER, required=True, may_be_missing=False, most=100),
			Column("counts_together", CHECK, words=("0", "1")),
			Column("legal_basis"),
		),
		(("valid_from", "valid_to"),),
	),
	Table(
		"MKD Service Point",
		(
			KEY,
			needed("service_point_name"),
			needed("department", refers_to="Department"),
			needed("min_on_site", WHOLE),
			needed("valid_from", DATE),
			Column("valid_to", DATE),
		),
		(("valid_from", "valid_to"),),
	),
	Table(
		"MKD Service Point Member",
		(needed("parent", refers_to="MKD Service Point"), EMPLOYEE),
	),
	Table(
		"MKD Office Day",
		(
			KEY,
			needed("title"),
			Column("kind"),
			Column("company", refers_to="Company"),
			Column("department", refers_to="Department"),
			needed("from_date", DATE),
			needed("to_date", DATE),
			Column("weekday", words=WEEKDAYS),
			Column("legal_basis"),
			DOCSTATUS,
		),
		PERIOD,
	),
	Table("MKD Collective Day", (KEY, needed("circular_no"), Column("subject"), DOCSTATUS)),
)
