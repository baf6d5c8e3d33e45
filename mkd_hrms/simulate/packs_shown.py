"""A policy's numbers for people: value, unit and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from mkd_hrms.policy import packs
from mkd_hrms.policy.model import Gate, Policy, Scale, Tier


@dataclass(frozen=True, slots=True)
class Entry:
	"""One number of a policy."""

	name: str
	value: str
	unit: str
	source: str


def open_policy(pack: str) -> Policy:
	"""A shipped pack by name, or a YAML file. Raises PackError."""
	path = Path(pack)
	if path.suffix not in (".yaml", ".yml"):
		return packs.load(pack)
	try:
		return packs.read(path)
	except FileNotFoundError as wrong:
		raise packs.PackError(f"{path}: there is no such file.") from wrong
	except UnicodeDecodeError as wrong:
		raise packs.PackError(f"{path}: the text is not UTF-8.") from wrong


def entries(policy: Policy) -> list[Entry]:
	"""All numbers in the order of the policy, then the clauses of gates that have no number."""
	return [
		Entry(name, _shown(policy, name), policy.sources[name].unit, policy.sources[name].source)
		for name in (*packs.PARAMETERS, *packs.CLAUSES)
	]


def _shown(policy: Policy, name: str) -> str:
	if name == "gates":
		return ", ".join(gate.value for gate in Gate if gate in policy.gates)
	value = getattr(policy, name, "")
	return "; ".join(map(_row, value)) if isinstance(value, tuple) else _plain(value)


def _row(value: Any) -> str:
	if isinstance(value, Tier):
		return f"{value.predicate}, up to {value.max_absences} absences: {value.weekly_limit}"
	if isinstance(value, Scale):
		top = f" to {value.max_score:g}" if value.max_score is not None else ""
		return f"{value.source} from {value.min_score:g}{top}: {value.predicate}"
	return str(value)


def _plain(value: Any) -> str:
	if value is None:
		return "none"
	if isinstance(value, bool):
		return "yes" if value else "no"
	if isinstance(value, time):
		return f"{value:%H:%M}"
	return f"{value:g}" if isinstance(value, float) else str(value)
