"""Whether a record says what a file or an earlier import says of it."""

from __future__ import annotations

import json
from typing import Any

from mkd_hrms.services.attendance.writer import PRESENT, WORK_FROM_HOME
from mkd_hrms.services.imports.steps import Record

WRITTEN_OVER = ("leave_application", "attendance_request")


def is_changed(stored: Record, written: str) -> bool:
	"""Whether a record does not say any more what an import wrote."""
	return any(map(stored.get, WRITTEN_OVER)) or differs(stored, json.loads(written))


def differs(stored: Record, values: Record) -> bool:
	"""Whether a record says something else; on an MKD day presence is called work from home (rule D6)."""
	turned = stored.get("mkd_day") and stored.get("status") == WORK_FROM_HOME
	return any(
		_plain(value) != _plain(stored.get(name)) and not (turned and name == "status" and value == PRESENT)
		for name, value in values.items()
	)


def _plain(value: Any) -> str:
	"""A value as it reads, whether the database, a file or JSON tells it."""
	return f"{value:g}" if isinstance(value, int | float) else str(value or "")
