"""The boxes of the talent map as people write them: 4, 5, 7 and read as numbers, whatever stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mkd_hrms.policy.model import FIRST_BOX, LAST_BOX


def is_box(value: object) -> bool:
	"""Whether a value is the number of a box."""
	return type(value) is int and FIRST_BOX <= value <= LAST_BOX


def boxes_in(text: str) -> tuple[int, ...]:
	"""The boxes that a text names, in their order. Raises ValueError for one that no map has, and for one named twice."""
	boxes = [int(word) for word in re.split(r"[\s,;]+", text) if word]
	if not all(map(is_box, boxes)) or len(set(boxes)) < len(boxes):
		raise ValueError(text)
	return tuple(sorted(boxes))


def written(boxes: Iterable[int]) -> str:
	"""The boxes as a text that `boxes_in` reads again."""
	return ", ".join(map(str, boxes))
