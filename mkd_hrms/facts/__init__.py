"""The only readers of HR tables: one query for everybody, on MariaDB inside a site and on DuckDB outside one.

gather.py         all facts of a scope in a fixed number of queries
people.py         who the employees are, the unit tree, where people stand
shift_lists.py    the holiday lists of shifts, which come before those of people (T3)
agency.py         the companies, the units, and how many people are active in them
shares.py         a company in shares for several workers
superiors.py      who stands above whom, and who decides by his place
headed.py         whom the head of a unit decides about; inside a site only
limits.py         whom User Permissions leave somebody; inside a site only
identity.py       which Employee records are one person
shown.py          people whom a board or a feed shows; inside a site only
visible.py        people as the reader may see them; inside a site only
lacking.py        whom of a company something is missing that MKD needs
own_cases.py      what users decided about employees
users.py          whose user is whose, from the platform's cache; inside a site only
concerned.py      whom a change concerns
posts.py          since when people hold their present posts (E3)
performance.py    results and productive minutes
talent.py         the newest box of the talent map (E8)
goals.py          goals, and the cycles in which they count
registers.py      our own registers: suitability, discipline, suspension, agreements, decisions about gates
coverage_rules.py what was laid down for units: caps, counters, days on which nobody works away (W5, W7)
early_warnings.py open early warnings: of leavers, and those that nobody was told of (D10)
imports.py        what stands where a file of another system would write
taken_back.py     records that an undo takes back, locked
exported.py       what other systems are told of people in a period
exported_tables.py the tables that the rules read, of a company
personal_rows.py  HR's whole rows about a person, for his file (P4); inside a site only
attendance/       attendance, periods away, calendars, shifts, outages
ledger/           our own days and what is made of them
reports/          what reports count
database/         how a query is built and where it runs
"""
