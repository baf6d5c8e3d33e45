"""Who sees the register of letters: whom a letter is about, whoever issued it, and HR. A circular is about nobody."""

from mkd_hrms.permissions import seen
from mkd_hrms.permissions.seen import Asked
from mkd_hrms.permissions.who import TOUCHES, is_own, oversees
from mkd_hrms.services.people.person import is_himself


def visible_letters(user, doctype):
	"""His own and those that he issued: of a warning no superior is told by its letter (rule P3)."""
	return seen.condition(user, doctype, above=False, asked=lambda: [Asked("issued_by", user)])


def may_use_letter(doc, ptype, user):
	"""As visible_letters, for one; what is written into it, a number or the signed file, nobody writes for himself."""
	keeps = oversees(doc, user) or doc.issued_by == user
	if ptype in TOUCHES:
		return keeps and not is_himself(user, doc.employee)
	return keeps or is_own(doc, user)
