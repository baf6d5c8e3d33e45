"""The only readers of HR tables: one query for everybody, on MariaDB inside a site and on DuckDB outside one.

gather.py       all facts of a scope in a fixed number of queries
people.py       who the employees are, the unit tree, where people stand
concerned.py    whom a change concerns
performance.py  results and productive minutes
registers.py    our own registers: suitability, discipline, suspension, agreements, decisions about gates
attendance/     attendance, periods away, calendars, shifts, outages
ledger/         our own days and what is made of them
database/       how a query is built and where it runs
"""
