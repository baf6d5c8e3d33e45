"""How large the province is: employees and months. Standard library only."""

import os
import re
from dataclasses import dataclass

from harness.console import HarnessError

VARIABLE = "PROVINCE"
# Raise it when the stories, their mix or the copying change: what was kept is then made anew.
SCHEMA = 1
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Size:
	employees: int = 36_000
	months: int = 12

	@property
	def weeks(self):
		return round(self.months * WEEKS_A_YEAR / 12)

	def __str__(self):
		return f"{self.employees}x{self.months}"


def wanted_size():
	"""As the environment says, or that of a real province."""
	said = os.environ.get(VARIABLE)
	return parsed(said) if said else Size()


def parsed(text):
	"""Raises HarnessError for what is no number of employees and months."""
	found = re.fullmatch(r"(\d+)x(\d+)", text)
	if not found or int(found[1]) < 100 or not 1 <= int(found[2]) <= 60:
		raise HarnessError(
			f"{VARIABLE} is {text}; expected employees x months, like 1000x12, of 100 and more."
		)
	return Size(int(found[1]), int(found[2]))
