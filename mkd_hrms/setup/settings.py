"""First values of the settings. A single document has none before somebody saves it."""

from pathlib import Path

import frappe

from mkd_hrms.constants import SETTINGS

TEXT = Path(__file__).parents[1] / "templates" / "mkd_agreement_text.html"
NUMBERS = ("place_radius_m", "accuracy_limit_m", "retention_months")


def sync():
	"""Write what was never written; what an officer saved stays, even where he emptied it."""
	stored = frappe.db.get_singles_dict(SETTINGS)
	for field, value in first_values().items():
		if field not in stored:
			frappe.db.set_single_value(SETTINGS, field, value, update_modified=False)


def first_values():
	numbers = {field: frappe.get_meta(SETTINGS).get_field(field).default for field in NUMBERS}
	return {"agreement_text": TEXT.read_text(encoding="utf-8"), "agreement_version": 1, **numbers}
