"""Whom the coverage board and a feed show somebody, and how much of each (rule P3).

Everything about himself, about the people below him, about whom he decides as a superior, a head or a delegate, and about
whom HR keeps, as User Permissions leave it. Of the colleagues of his own unit, who is away with MKD or on leave. Nobody else.
"""

import frappe
from frappe import _

from mkd_hrms.constants import PERSON
from mkd_hrms.facts import shown
from mkd_hrms.facts.headed import headed
from mkd_hrms.facts.limits import condition_of
from mkd_hrms.facts.superiors import below
from mkd_hrms.permissions.who import employees_of, leads, sees_all
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people import hr
from mkd_hrms.services.people.approvers import delegated_to

# On one page of the board; more come with the next one.
PAGE = 500
# In a feed; of so many it tells numbers, and no names.
FED = 5000
# In the list of units to choose from.
UNITS = 5000


def conditions_for(user, of_hr=True):
	"""Of whom a user sees everything, and of whom what a colleague sees; without `of_hr` leaving out whom HR alone sees."""
	records = employees_of(user)
	active = [record for record in records if record.status == "Active"]
	in_full = [shown.himself([record.name for record in records])]
	if of_hr and sees_all(user):
		limits = hr.limits_of(user)
		in_full.append(condition_of(limits) if limits else shown.EVERYBODY)
	if leads(user):
		in_full += [*map(below, active), headed(user)]
		in_full += [
			shown.decided_by(entry.approver, {entry.owner, entry.modified_by, user}, entry.department)
			for entry in delegated_to(user, clock.today())
		]
	colleagues = shown.of_the_same_unit([record.name for record in active])
	return shown.Conditions(shown.any_of(in_full), colleagues)


def page_of(user, unit=None, after=0):
	"""A page of the people shown, and whether more come: of a unit and below it, or of his own unit and his own people.

	HR that has neither begins with everybody. Raises PermissionError where nobody there is for him to see.
	"""
	conditions = conditions_for(user)
	home = shown.any_of(conditions_for(user, of_hr=False))
	people = shown.read_shown(conditions, shown.within(unit) if unit else home, PAGE + 1, after)
	if not (people or unit) and sees_all(user):
		people = shown.read_shown(conditions, shown.EVERYBODY, PAGE + 1, after)
	if not (people or after):
		_refuse(unit)
	return people[:PAGE], len(people) > PAGE


def units_for(user):
	"""The units that he may choose: name, title, and how deep each stands in the tree."""
	return shown.read_shown_units(conditions_for(user), UNITS)


def is_shown_in_full(user, employee):
	"""Whether everything about an employee is shown to a user, or what a colleague sees; None is nothing."""
	found = shown.read_shown(conditions_for(user), shown.himself([employee]), 1)
	return found[0].in_full if found else None


def in_full_within(user, unit, at_most):
	"""The people of a unit and below it about whom a user sees everything, himself left out; or so many of them."""
	conditions, own = (
		shown.Conditions(conditions_for(user).in_full),
		{each.name for each in employees_of(user)},
	)
	found = shown.read_shown(conditions, shown.within(unit), at_most + len(own))
	return [each for each in found if each.employee not in own][:at_most]


def refuse_feed(user, unit):
	"""Refuse a link to a unit. Raises PermissionError where he sees nobody in full, and ValidationError for too many."""
	people = in_full_within(user, unit, FED + 1)
	if not people:
		frappe.throw(
			_("A calendar link for {0} is for who decides about its people, and for HR.").format(unit),
			frappe.PermissionError,
		)
	if len(people) > FED:
		frappe.throw(
			_("{0} has more than {1} people: choose units below it, and make a link for each.").format(
				unit, FED
			)
		)


def names_in(feed):
	"""By employee the names of those of whom a feed tells its user at this moment; nobody where he lost the unit."""
	if feed.doctype == PERSON:
		return {feed.about: feed.about}
	people = in_full_within(feed.user, feed.about, FED + 1)
	return {each.employee: each.employee_name for each in people} if len(people) <= FED else {}


def _refuse(unit):
	if unit:
		frappe.throw(
			_(
				"Nobody in {0} is shown to you: the board shows your own unit, the people below you or about whom"
				" you decide, and HR its people. Choose another unit, or ask HR."
			).format(unit),
			frappe.PermissionError,
		)
	frappe.throw(
		_(
			"The board shows the unit of an employee, and no active Employee record names you as its user. Ask HR."
		),
		frappe.PermissionError,
	)
