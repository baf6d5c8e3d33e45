"""Who sees a link to a feed: whoever made it, and who administers the site, who may have to end it."""

import frappe

from mkd_hrms.constants import FEED, SYSTEM_MANAGER


def visible_feeds(user, doctype):
	"""His own."""
	return "" if _administers(user) else f"`tab{FEED}`.`user` = {frappe.db.escape(user, percent=False)}"


def may_see_feed(doc, ptype, user):
	"""As visible_feeds, for one of them."""
	return doc.user == user or _administers(user)


def _administers(user):
	return user == "Administrator" or SYSTEM_MANAGER in frappe.get_roles(user)
