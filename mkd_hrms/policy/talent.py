"""The boxes of the talent map as people write them: 4, 5, 7 and read as numbers, whatever stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

FIRST_BOX, LAST_BOX = 1, 9


def is_box(value: object) -> bool:
	"""Whether a value is the number of a box."""
	return type(value) is int and FIRST_BOX <= value <= LAST_BOX


def boxes_in(text: str) -> tuple[int, ...]:
	"""The boxes that a text names, in their order. Raises ValueError for one that no map has, and for one named twice."""
	words = [word for word in re.split(r"[\s,;]+", text) if word]
	if any(not re.fullmatch(r"[1-9]", word) for word in words) or len(set(words)) < len(words):
		raise ValueError(text)
	return tuple(sorted(map(int, words)))


def written(boxes: Iterable[int]) -> str:
	"""The boxes as a text that `boxes_in` reads again."""
	return ", ".join(map(str, boxes))
