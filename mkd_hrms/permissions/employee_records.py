"""Who sees what is kept about an employee: days and hints he, those above him and HR; what was found about him, no superior."""

from mkd_hrms.constants import DAY, DAY_SWAP, PLACE_HINT, REQUEST
from mkd_hrms.permissions import seen
from mkd_hrms.permissions.seen import Asked
from mkd_hrms.permissions.who import is_own, is_superior, leads, oversees, sees_all
from mkd_hrms.services.people import hr
from mkd_hrms.services.privacy import access_log

# Who decided something about a record: he is told when it is contested, also when he stands above the employee no more.
DECIDED = {
	REQUEST: ("superior_approved_by", "decided_by"),
	DAY: ("confirmed_by", "recalled_by"),
	PLACE_HINT: ("reviewer",),
	DAY_SWAP: ("decided_by",),
}
COORDINATES = ("latitude", "longitude", "geolocation")


def visible_rows(user, doctype):
	"""Condition for the list of a DocType whose rows carry an employee."""
	return seen.condition(user, doctype, above=True, asked=lambda: decided_by(user, doctype))


def names_in_rows(user, doctype):
	"""The employees in the rows that visible_rows shows, by name; None for everybody's."""
	return seen.all_names(user, doctype, lambda: decided_by(user, doctype))


def visible_standings(user, doctype):
	"""His own only: what was found about somebody stands in the same table, and a superior is not to read it."""
	return seen.condition(user, doctype, above=False)


def visible_hints(user, doctype):
	"""As the ledger; who asks for the position of a linked check-in has listed check-ins."""
	access_log.note_list("Employee Checkin", COORDINATES)
	return visible_rows(user, doctype)


def may_see(doc, ptype, user):
	"""As visible_rows, for one record."""
	return oversees(doc, user) or is_own(doc, user) or is_superior(doc, user) or has_decided(doc, user)


def may_see_standing(doc, ptype, user):
	"""As may_see, and no superior does."""
	return oversees(doc, user) or is_own(doc, user)


def visible_kept(user, doctype):
	"""What HR alone keeps: for whom User Permissions limit, what they leave; whoever got a role for it, all of them."""
	limits = hr.limits_of(user, doctype, own_record_counts=not sees_all(user))
	return seen.left(doctype, limits) if limits else ""


def may_use_kept(doc, ptype, user):
	"""As visible_kept, for one record."""
	return hr.is_left(user, doc.employee, doc.doctype, own_record_counts=not sees_all(user))


def may_create(doc, user):
	"""Who may write for whom is a rule of its own, with its own message; but HR does for nobody whom it is not left."""
	return not (sees_all(user) and doc.employee) or is_own(doc, user)


def has_decided(doc, user):
	"""Whether he decided something about a record as an approver."""
	return leads(user) and user in map(doc.get, DECIDED.get(doc.doctype, ()))


def decided_by(user, doctype):
	"""The same for a list."""
	fields = DECIDED.get(doctype, ()) if leads(user) else ()
	return [Asked(field, user) for field in fields]
