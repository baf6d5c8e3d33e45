"""What a naming series holds: whether names of it may be given, and given back, for many rows at once."""

from __future__ import annotations

from frappe.model.meta import Meta

# The parts of a naming series that say the same for each row of a moment.
FIXED_PARTS = frozenset("YY MM DD YYYY WW".split())


def is_fixed_series(series: str, meta: Meta) -> bool:
	"""Whether a naming series is numbered at its end, and says nothing of a row but its moment."""
	*parts, hashes = [part for part in series.split(".") if part] or [""]
	return (
		bool(hashes)
		and set(hashes) == {"#"}
		and all(
			part in FIXED_PARTS or not (part.startswith("{") or meta.has_field(part) or "#" in part)
			for part in parts
		)
	)
