"""What becomes of a wanted record: an action with the record that stands, or why nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkd_hrms.exchange.rejections import Rejection, Wrong
from mkd_hrms.services.imports.wanted import Wanted

CREATED, UPDATED, UNCHANGED = "Created", "Updated", "Unchanged"
# What HR confirms or refuses: a check-in of a day that is over.
CORRECTION = "Correction"
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
	"""What becomes of one wanted record: an action with the record that stands, or why nothing does."""

	wanted: Wanted
	action: str | None
	stored: Record | None = None
	wrong: Wrong | None = None
	mkd_day: str | None = None

	@property
	def rejections(self) -> list[Rejection]:
		"""The rows that are not taken."""
		numbers = (self.wanted.row, *self.wanted.others) if self.wrong else ()
		return [Rejection(number, None, self.wrong) for number in numbers]
