"""How much is tried: all of it in CI, which has the time, and enough to find most mistakes at a desk."""

import os
from collections.abc import Sequence

# Every CI service sets CI; `CI=1 make test-pure` tries as much at a desk.
FULL = bool(os.environ.get("CI"))


def some(cases: Sequence, count: int) -> Sequence:
	"""All cases in CI, and the first of them otherwise."""
	return cases if FULL else cases[:count]
