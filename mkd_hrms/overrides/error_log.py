"""What an error log must not keep."""

from mkd_hrms.services.privacy.error_texts import without_positions


def before_insert(doc, method=None):
	for name in ("method", "error"):
		doc.set(name, without_positions(doc.get(name)))
