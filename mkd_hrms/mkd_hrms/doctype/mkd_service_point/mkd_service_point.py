"""A counter with a roster, of which so many people are on site on every day (W5)."""

from collections import Counter

import frappe
from frappe import _

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.facts.agency import ACTIVE, read_company_of, read_units_below
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import read_people
from mkd_hrms.services.units import registers


class MKDServicePoint(Numbered, PlainNumbers):
	def validate(self):
		self.company = read_company_of(SiteDatabase(), self.department)
		self.validate_from_to_dates("valid_from", "valid_to")
		self.refuse_wrong_roster()
		self.refuse_too_small_a_roster()

	def on_change(self):
		registers.forget()

	def on_trash(self):
		registers.forget()

	def refuse_wrong_roster(self):
		"""Active people of the unit and what is below it, each person once through whichever Employee record."""
		scope = Scope(employees=tuple(row.employee for row in self.members if row.employee))
		people = read_people(SiteDatabase(), scope) if scope.employees else {}
		units = read_units_below(SiteDatabase(), self.department)
		for row in self.members:
			person = people.get(row.employee)
			if person and (person.status != ACTIVE or person.department not in units):
				frappe.throw(
					_(
						"Row {0}: {1} is not an active employee of {2}, so the roster cannot count on him."
					).format(row.idx, frappe.bold(person.employee_name), frappe.bold(self.department)),
					title=_("Not of This Unit"),
				)
		persons = Counter(people[row.employee].person for row in self.members if row.employee in people)
		for row in self.members:
			if row.employee in people and persons[people[row.employee].person] > 1:
				frappe.throw(
					_("Row {0}: {1} is on the roster twice.").format(
						row.idx, frappe.bold(people[row.employee].employee_name)
					),
					title=_("Duplicate Row"),
				)

	def refuse_too_small_a_roster(self):
		if self.min_on_site > len(self.members):
			frappe.throw(
				_("{0} people are to be on site, and the roster has {1}.").format(
					self.min_on_site, len(self.members)
				)
			)
