"""What a caller named: as a list, and no more of it than one call may hold."""

from __future__ import annotations

import frappe
from frappe import _

# As many as Frappe lets a Workflow decide at once.
AT_ONCE = 500


def listed(names: str | list[str]) -> list[str]:
	"""What a caller named, as a list. Raises ValidationError for more than one call may hold."""
	named = frappe.parse_json(names)
	found = named if isinstance(named, list) else [named]
	if len(found) > AT_ONCE:
		frappe.throw(
			_(
				"{0} were named, and one call takes at most {1}. Choose fewer, and the others after them."
			).format(len(found), AT_ONCE),
			title=_("Too Many at Once"),
		)
	return found
