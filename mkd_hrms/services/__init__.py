"""Glue: gathers facts, asks the rules, and is the single writer of decisions and of the ledger.

From the ground up: a room imports only rooms above it in this list.

platform/       what we ask of Frappe itself
calendar/       what day it is, and which days count
workflow/       how documents move from state to state
policies/       which policy holds, and until when one may object
people/         who is who, and who decides about him
decisions/      what the rules answered, kept and read
ledger/         the rows: one person on one date
privacy/        personal data: who read it, how long it stays
recap/          what was used, reported and worked, summed up
attendance/     attendance on MKD days
daily_reports/  the report of an MKD day, and its verification
standing/       everybody's standing for tomorrow
performance/    achievements, and MKD as evidence of them
impact/         what a draft policy would change
agreements.py   the yearly agreement
units/          the unit as a whole: room, order, and who is where
letters/        what a letter says, and who signs it
requests/       the application
booked_days/    what becomes of approved days before their date
swaps/          two people exchange an approved day
collective_days/ days by circular, without an application
discipline/     what follows from missing reports, no-shows and false places
day/            the date itself
evaluation/     evaluating everybody as an operation
renames/        records of the platform that are renamed, merged, deleted
objections/     objections to what was decided
imports/        files of other systems: looked at, applied, undone
exports/        files for other systems: by a profile, as recap, as evaluation, as open tables
"""
