"""Other systems: users with one role, who have no session and send their key with every call."""

import frappe

from mkd_hrms.constants import DATA_SENDER, SCHEDULE_READER
from mkd_hrms.tests.support.http_world import browser, user_with, with_key

PUSH, PULL = "mkd_hrms.api.push_import", "mkd_hrms.api.pull_schedule"
PULL_PATH = f"/api/method/{PULL}"


def program(role, company=None, **permissions):
	"""A user with one role and a key; of one company, and what else User Permissions leave him. Returns his name."""
	user = user_with(role)
	given = [("Company", company), *((kind.replace("_", " "), value) for kind, value in permissions.items())]
	for allow, value in given:
		if value:
			doc = {"doctype": "User Permission", "user": user, "allow": allow, "for_value": value}
			frappe.get_doc(doc).insert(ignore_permissions=True)
	frappe.db.commit()
	with_key(user)
	return user


def sender(company=None, **permissions):
	"""Who may push and nothing else."""
	return browser(program(DATA_SENDER, company, **permissions))


def reader(company=None, **permissions):
	"""Who may pull and nothing else."""
	return browser(program(SCHEDULE_READER, company, **permissions))


def tire(client, what, calls=600):
	"""As if the user had called so often within the last minutes already."""
	key = frappe.cache.make_key(f"mkd_pace:{what}:{client.user}")
	frappe.cache.incrby(key, calls)
	frappe.cache.expire(key, 300)
