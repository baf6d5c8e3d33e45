"""Errors that are logged hold what was in hand when they happened: of a position only what stays of it anyway (rule P4).

The platform writes the values of all variables into an Error Log, which every System Manager reads and nobody logs.
"""

from __future__ import annotations

import re

from mkd_hrms.services.privacy.retention import DIGITS

# A number as exact as a coordinate; neither the seconds of a time nor a part of a version.
EXACT = re.compile(rf"(?<![\w.:])(-?\d{{1,3}}\.\d{{{DIGITS}}})\d+(?![\w.])")


def without_positions(text: str | None) -> str | None:
	"""A text in which no number says more than a rounded coordinate does, about a kilometre."""
	return EXACT.sub(r"\1", text) if text else text
