"""First values of the settings. A single document has none before somebody saves it."""

from pathlib import Path

import frappe
from frappe.utils import cint

from mkd_hrms.constants import SETTINGS

TEXT = Path(__file__).parents[1] / "templates" / "mkd_agreement_text.html"
PLAIN = ("time_zone", "place_radius_m", "accuracy_limit_m", "retention_months")


def sync():
	"""Write what was never written; what an officer saved stays, even a text that he emptied."""
	stored = frappe.db.get_singles_dict(SETTINGS)
	values = {field: frappe.get_meta(SETTINGS).get_field(field).default for field in PLAIN}
	values = {field: value for field, value in values.items() if field not in stored}
	# A saved text has a version, whatever it says.
	if not cint(stored.get("agreement_version")):
		values |= {"agreement_text": TEXT.read_text(encoding="utf-8"), "agreement_version": 1}
	for field, value in values.items():
		frappe.db.set_single_value(SETTINGS, field, value, update_modified=False)
