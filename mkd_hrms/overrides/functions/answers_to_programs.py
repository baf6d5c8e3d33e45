"""What a program is answered that calls one of ours badly: a body that is no JSON, and when to come back.

The platform reads the body before anybody is asked, and takes one that it cannot read for an error of its own.
"""

import json

import frappe
from frappe import _

from mkd_hrms.constants import APP

OURS = tuple(f"/api/{version}method/{APP}." for version in ("", "v1/", "v2/"))
ERROR_OF_ITS_OWN = 500


def settle(response=None, request=None):
	"""Hooks.py names it under `after_request`."""
	if response is None or not request.path.startswith(OURS):
		return
	if response.status_code == ERROR_OF_ITS_OWN and request.is_json and not _is_json(request):
		text = _("What was sent is no JSON.")
		response.status_code = 400
		response.mimetype = "application/json"
		said = [json.dumps({"message": text, "title": _("Nothing Stored"), "indicator": "red"})]
		response.data = json.dumps({"exc_type": "Malformed", "_server_messages": json.dumps(said)})
	if seconds := frappe.flags.mkd_retry_after:
		response.headers["Retry-After"] = str(max(seconds, 1))


def _is_json(request):
	try:
		json.loads(request.get_data(as_text=True))
	except ValueError:
		return False
	return True
