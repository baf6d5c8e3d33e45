"""What can happen to the rows of the tiny agency, and the sentence with which the loader answers."""

from datetime import datetime

from mkd_damages import Damage, as_workbook, changed, more
from mkd_simulate import TINY, parquet

WORDS = "Present, Absent, On Leave, Half Day, Work From Home"
A_RECORD = "'P1' AS name, 'E1' AS employee, 'TRK' AS source, DATE '2026-10-31' AS period_end, 1 AS docstatus"
DAMAGED_ROWS = (
	Damage(
		"nothing where a value must be",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,,2026-11-24"),
		"missing",
		"Attendance.csv, row 3, column employee: nothing stands here, but every row needs a value.",
	),
	Damage(
		"a date as people write it",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,24/11/2026"),
		"not_a_date",
		"Attendance.csv, row 3, column attendance_date: 24/11/2026 is no date; expected one like 2026-11-24.",
	),
	Damage(
		"the 31st of February",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,2026-02-31"),
		"no_such_day",
		"Attendance.csv, row 3, column attendance_date: 2026-02-31 is a day that the calendar does not have.",
	),
	Damage(
		"a time of day without a date",
		{
			"Travel Request.csv": "name,employee,docstatus\nT1,E1,1\n",
			"Travel Itinerary.csv": "parent,departure_date\nT1,08:00\n",
		},
		"not_a_time",
		"Travel Itinerary.csv, row 2, column departure_date: 08:00 is no date with a time; expected one like 2026-11-24 08:00:00.",
	),
	Damage(
		"a year that lost its century",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,0026-11-24"),
		"unlikely_date",
		"Attendance.csv, row 3, column attendance_date: 0026-11-24 lies outside the years 1900 to 2200.",
	),
	Damage(
		"words in a number",
		changed("MKD Performance Record.csv", "95.5", "good"),
		"not_a_number",
		"MKD Performance Record.csv, row 3, column score: good is no number; expected a number like 4.25.",
	),
	Damage(
		"a decimal comma",
		changed("MKD Performance Record.csv", "95.5", '"105,5"'),
		"other_form",
		"MKD Performance Record.csv, row 3, column score: 105,5 may mean two numbers; expected a number like 4.25, without a comma and without points between thousands.",
	),
	Damage(
		"a decimal comma in a text of a workbook",
		as_workbook(
			"MKD Performance Record.csv", text=TINY["MKD Performance Record.csv"].replace("95.5", '"105,5"')
		),
		"other_form",
		"MKD Performance Record.xlsx, row 3, column score: 105,5 may mean two numbers;",
	),
	Damage(
		"a decimal comma in a Parquet file",
		{
			"MKD Performance Record.csv": None,
			"MKD Performance Record.parquet": parquet(f"SELECT {A_RECORD}, '105,5' AS score"),
		},
		"other_form",
		"MKD Performance Record.parquet, row 1, column score: 105,5 may mean two numbers;",
	),
	Damage(
		"a point that may part thousands",
		changed("MKD Performance Record.csv", "95.5", "7.000"),
		"other_form",
		"MKD Performance Record.csv, row 3, column score: 7.000 may mean two numbers;",
	),
	Damage(
		"points between thousands",
		changed("MKD Performance Record.csv", "95.5", "1.234.567"),
		"other_form",
		"MKD Performance Record.csv, row 3, column score: 1.234.567 may mean two numbers;",
	),
	Damage(
		"a point that may part thousands, written as a text beside numbers of a workbook",
		as_workbook(
			"MKD Performance Record.csv",
			{"score": lambda cell: "7.000" if cell == "95.5" else 4.25},
		),
		"other_form",
		"MKD Performance Record.xlsx, row 3, column score: 7.000 may mean two numbers;",
	),
	Damage(
		"whole thousands with a point",
		{
			"MKD Performance Record.csv": (
				"name,employee,source,period_end,productive_minutes,docstatus\nP1,E1,TRK,2026-10-31,6.120,1\n"
			)
		},
		"other_form",
		"MKD Performance Record.csv, row 2, column productive_minutes: 6.120 may mean two numbers; expected a whole number,",
	),
	Damage(
		"a number with a sign between its digits",
		changed("MKD Performance Record.csv", "95.5", "9_5"),
		"not_a_number",
		"MKD Performance Record.csv, row 3, column score: 9_5 is no number; expected a number like 4.25.",
	),
	Damage(
		"a whole number that nothing can hold",
		changed("MKD Day.csv", "2026-W47,2,", "2026-W47,1e300,"),
		"not_a_number",
		"MKD Day.csv, row 3, column slot: 1e300 is no number; expected a whole number.",
	),
	Damage(
		"a score that lost its point",
		changed("MKD Performance Record.csv", "95.5", "1055"),
		"too_great",
		"MKD Performance Record.csv, row 3, column score: 1055 is too great; expected at most 1000.",
	),
	Damage(
		"more minutes than a month has",
		{
			"MKD Performance Record.csv": None,
			"MKD Performance Record.parquet": parquet(f"SELECT {A_RECORD}, 44641 AS productive_minutes"),
		},
		"too_great",
		"MKD Performance Record.parquet, row 1, column productive_minutes: 44641 is too great; expected at most 44640.",
	),
	Damage(
		"a year of a talent map that nobody will see",
		{"MKD Talent Record.csv": "name,employee,year,box,docstatus\nT1,E1,20255,5,1\n"},
		"too_great",
		"MKD Talent Record.csv, row 2, column year: 20255 is too great; expected at most 2200.",
	),
	Damage(
		"a date with a time of day",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,2026-11-24 17:00:00"),
		"date_with_time",
		"Attendance.csv, row 3, column attendance_date: 2026-11-24 17:00:00 has a time of day, but the column holds dates;",
	),
	Damage(
		"a date with a time of day in a workbook",
		as_workbook(
			"Attendance.csv",
			{"attendance_date": lambda cell: datetime(2026, 11, 23, 17) if cell == "2026-11-23" else cell},
		),
		"date_with_time",
		"Attendance.xlsx, row 2, column attendance_date: 2026-11-23 17:00:00 has a time of day,",
	),
	Damage(
		"a date with a time of day in a Parquet file",
		{
			"Holiday.csv": None,
			"Holiday.parquet": parquet(
				"SELECT 'Libur 2026' AS parent, TIMESTAMP '2026-12-24 17:00:00' AS holiday_date"
			),
		},
		"date_with_time",
		"Holiday.parquet, row 1, column holiday_date: 2026-12-24 17:00:00 has a time of day,",
	),
	Damage(
		"numbers of persons as numbers of a workbook",
		as_workbook("Employee.csv", {"mkd_nip": lambda cell: float(cell) if cell.endswith("2001") else cell}),
		"digits_lost",
		"Employee.xlsx, row 2, column mkd_nip: 1.99001012015032e+17 was a number in a spreadsheet, which keeps only fifteen digits.",
	),
	Damage(
		"numbers of persons as numbers of a Parquet file",
		{
			"Employee.csv": None,
			"Employee.parquet": parquet(
				"SELECT 'E1' AS name, 'Active' AS status, 'Pemda' AS company, NULL AS department, 'PNS' AS employment_type,"
				" DATE '2015-03-01' AS date_of_joining, 199001012015032001::DOUBLE AS mkd_nip"
			),
		},
		"digits_lost",
		"Employee.parquet, row 1, column mkd_nip: 1.99001012015032e+17 was a number in a spreadsheet,",
	),
	Damage(
		"numbers of persons that a spreadsheet has rounded",
		{
			"Employee.csv": TINY["Employee.csv"]
			.replace("199001012015032001", "199001012015032000")
			.replace("199001012015031002", "199001012015031000")
		},
		"digits_lost",
		"Employee.csv, row 2, column mkd_nip: 199001012015032000 was a number in a spreadsheet,",
	),
	Damage(
		"a punch of a clock that goes wrong",
		more("Attendance.csv", "A4,E2,2063-11-24,Present,0,0,1\n"),
		"far_ahead",
		"Attendance.csv, row 5, column attendance_date: 2063-11-24 lies far ahead of all other attendance, which ends on 2026-11-24.",
	),
	Damage(
		"a number that is none",
		changed("MKD Performance Record.csv", "95.5", "NaN"),
		"not_a_number",
		"MKD Performance Record.csv, row 3, column score: NaN is no number; expected a number like 4.25.",
	),
	Damage(
		"a negative score",
		changed("MKD Performance Record.csv", "95.5", "-95.5"),
		"negative",
		"MKD Performance Record.csv, row 3, column score: -95.5 is negative; expected 0 or more.",
	),
	Damage(
		"an unknown status",
		changed("Attendance.csv", "Absent", "Alpa"),
		"unknown_word",
		f"Attendance.csv, row 3, column status: Alpa is not known here; expected one of {WORDS}.",
	),
	Damage(
		"an unknown gate",
		changed("MKD Gate Decision.csv", "Role", "Roles"),
		"unknown_word",
		"MKD Gate Decision.csv, row 2, column gate: Roles is not known here; expected one of Status, Type,",
	),
	Damage(
		"an unknown verdict",
		changed("MKD Suitability.csv", "Analis,Suitable", "Analis,Maybe"),
		"unknown_word",
		"MKD Suitability.csv, row 2, column verdict: Maybe is not known here; expected one of Suitable, Public Service, Not Suitable.",
	),
	Damage(
		"an unknown predicate",
		changed("MKD Performance Record.csv", "Baik", "Bagus"),
		"unknown_word",
		"MKD Performance Record.csv, row 2, column predicate: Bagus is not known here; expected one of Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang.",
	),
	Damage(
		"a box that no talent map has",
		{"MKD Talent Record.csv": "name,employee,year,box,docstatus\nT1,E1,2025,10,1\n"},
		"unknown_word",
		"MKD Talent Record.csv, row 2, column box: 10 is not known here; expected one of 1, 2, 3, 4, 5, 6, 7, 8, 9.",
	),
	Damage(
		"a list that does not exist, in a Parquet file",
		{
			"Company.csv": None,
			"Company.parquet": parquet("SELECT 'Pemda' AS name, 'Libur' AS default_holiday_list"),
		},
		"unknown_reference",
		"Company.parquet, row 1, column default_holiday_list: Libur is not in Holiday List.",
	),
	Damage(
		"a docstatus that does not exist",
		changed("Attendance.csv", "Absent,0,0,1", "Absent,0,0,3"),
		"unknown_word",
		"Attendance.csv, row 3, column docstatus: 3 is not known here; expected one of 0, 1, 2.",
	),
	Damage(
		"a NIP from a spreadsheet",
		changed("Employee.csv", "199001012015032001", "1.99001E+17"),
		"not_a_nip",
		"Employee.csv, row 2, column mkd_nip: 1.99001E+17 is no NIP; expected 18 digits.",
	),
	Damage(
		"a key twice",
		changed("Attendance.csv", "A2,", "A1,"),
		"key_twice",
		"Attendance.csv, row 3, column name: A1 stands there more than once; it must be unique.",
	),
	Damage(
		"keys that differ only in case",
		changed("Attendance.csv", "A2,", "a1,"),
		"key_case",
		"Attendance.csv, row 2, column name: A1 differs from another key only in case; MariaDB takes both for the same.",
	),
	Damage(
		"a NIP of two employees",
		changed("Employee.csv", "199001012015031002", "199001012015032001"),
		"nip_twice",
		"Employee.csv, row 3, column mkd_nip: 199001012015032001 is the NIP of two employees who are Active.",
	),
	Damage(
		"an employee that does not exist",
		changed("Attendance.csv", "A3,E2", "A3,E9"),
		"unknown_reference",
		"Attendance.csv, row 4, column employee: E9 is not in Employee.",
	),
	Damage(
		"a unit above that does not exist",
		changed("Department.csv", "BKD,BKD,Semua", "BKD,BKD,Semuanya"),
		"unknown_reference",
		"Department.csv, row 3, column parent_department: Semuanya is not in Department.",
	),
	Damage(
		"a decision about a person who does not exist",
		changed("MKD Suitability.csv", "Designation,Analis", "Employee,E9"),
		"unknown_reference",
		"MKD Suitability.csv, row 2, column reference_name: E9 is not in Employee.",
	),
	Damage(
		"an end before the start",
		changed("Leave Application.csv", "2026-05-04,2026-05-08", "2026-05-08,2026-05-04"),
		"end_before_start",
		"Leave Application.csv, row 2, column to_date: 2026-05-04 comes before 2026-05-08.",
	),
	Damage(
		"two leaves at once",
		changed("Leave Application.csv", "2026-06-01,2026-06-01", "2026-05-08,2026-05-11"),
		"overlap",
		"Leave Application.csv, row 3, column from_date: L2 overlaps L1.",
	),
	Damage(
		"a unit above itself",
		changed("Department.csv", "Semua,Semua,,", "Semua,Semua,BKD,"),
		"tree_cycle",
		"Department.csv, row 2, column parent_department: Semua stands above itself in the tree of units.",
	),
	Damage(
		"borders of the tree that contradict the parents",
		{"Department.csv": "name,parent_department,lft,rgt\nSemua,,1,4\nBKD,Semua,2,3\nSamsat,Semua,5,6\n"},
		"tree_borders",
		"Department.csv, row 4, column lft: Samsat does not lie within its parent by lft and rgt; leave both columns out to have them built.",
	),
	Damage(
		"a holiday of another year",
		changed("Holiday.csv", "2026-12-25", "2027-12-25"),
		"holiday_outside",
		"Holiday.csv, row 2, column holiday_date: 2027-12-25 lies outside the period of its list.",
	),
	Damage(
		"a week that is not the date's",
		changed("MKD Day.csv", "2026-11-19,2026-W47", "2026-11-19,2026-W46"),
		"wrong_week",
		"MKD Day.csv, row 3, column iso_week: 2026-W46 is not the ISO week of the date.",
	),
	Damage(
		"a day used twice",
		changed("MKD Day.csv", "2026-11-19", "2026-11-18"),
		"day_twice",
		"MKD Day.csv, row 3, column mkd_date: 2026-11-18 is used twice by one person.",
	),
	Damage(
		"a setting that is no date",
		changed("Singles.csv", "2026-01-01", "January"),
		"no_setting",
		"Singles.csv, row 2, column value: January is no date; expected one like 2025-01-01.",
	),
)
