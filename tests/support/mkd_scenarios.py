"""Reads the scenario files: one YAML file per rule, one full sentence per case.

A key that nobody knows is an error that names the file and the case, for a misspelt expectation that is
silently skipped would be a test that always passes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import mkd_support
import yaml

from mkd_hrms.policy import packs
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.model import Gate, Policy

FILE_KEYS = ("rule", "title", "cases")
PARTS = {
	"service_unit": mkd_support.A_UNIT,
	"result": mkd_support.A_RESULT,
	"talent_box": mkd_support.A_TALENT_BOX,
	"attendance": mkd_support.AN_ATTENDANCE,
	"reports": mkd_support.SOME_REPORTS,
	"productive": mkd_support.A_MONTH,
	"readiness": mkd_support.READY,
}
REGISTERS = {
	"suitability": mkd_support.A_SUITABILITY,
	"sanctions": mkd_support.A_SANCTION,
	"suspensions": mkd_support.A_SUSPENSION,
	"agreements": mkd_support.AN_AGREEMENT,
	"gate_decisions": mkd_support.A_GATE_DECISION,
}


class ScenarioError(ValueError):
	"""A scenario that cannot be run as it is written; the message names the file and the case."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
	"""YAML in which `on:` is a key and not a truth value, and in which no key may stand twice; read in C where it can be."""

	def construct_mapping(self, node, deep=False):
		mapping = super().construct_mapping(node, deep)
		if len(mapping) < len(node.value):
			raise yaml.constructor.ConstructorError(None, None, "a key stands here twice", node.start_mark)
		return mapping


_Loader.yaml_implicit_resolvers = {
	first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
	for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Scenario:
	"""One case of one rule, as it stands in the file."""

	file: str
	rule: str
	name: str
	on: date | None
	today: date | None
	given: Mapping[str, Any]
	pack: str
	policy: Mapping[str, Any]
	expect: Mapping[str, Any]

	def error(self, message: str) -> ScenarioError:
		return ScenarioError(f"{self.file}, case {self.name!r}: {message}")

	def check(self, part: str, allowed: tuple[str, ...], needed: tuple[str, ...] = ()) -> None:
		"""Refuses a key of `given`, `policy` or `expect` that is not allowed, and misses none that is needed."""
		keys = set(getattr(self, part))
		if unknown := sorted(keys - set(allowed)):
			raise self.error(f"{part} has unknown {', '.join(unknown)}; allowed are {', '.join(allowed)}")
		if missing := sorted(set(needed) - keys):
			raise self.error(f"{part} lacks {', '.join(missing)}")

	def its_policy(self) -> Policy:
		"""The pack with the changes of the case; `with` and `without` name gates that are switched on and off."""
		changes = dict(self.policy)
		on, off = ({Gate(gate) for gate in changes.pop(name, ())} for name in ("with", "without"))
		self.check("policy", (*packs.PARAMETERS, "with", "without"))
		changed = {name: packs.convert(self.file, name, value) for name, value in changes.items()}
		policy = replace(mkd_support.the_pack(self.pack), **changed)
		return replace(policy, gates=policy.gates - off | on)

	def its_facts(self) -> Facts:
		"""The eligible employee with the changes of the case."""
		self.check("given", tuple(entry.name for entry in fields(Facts)))
		return mkd_support.facts(**{name: self._fact(name, value) for name, value in self.given.items()})

	def _fact(self, name: str, value: Any) -> Any:
		if name in REGISTERS:
			return tuple(self._part(name, REGISTERS[name], row) for row in value)
		if name in PARTS and value is not None:
			return self._part(name, PARTS[name], value)
		return value

	def _part(self, name: str, usual: Any, changes: Mapping[str, Any]) -> Any:
		allowed = [entry.name for entry in fields(usual)]
		if unknown := sorted(set(changes) - set(allowed)):
			raise self.error(f"{name} has unknown {', '.join(unknown)}; allowed are {', '.join(allowed)}")
		return replace(usual, **changes)


def read(path: Path, keys_of: Callable[[str], tuple[str, ...]]) -> tuple[Scenario, ...]:
	"""The cases of one file. `keys_of` says, for a rule, which keys its cases must have."""
	content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
	_same_keys(f"{path.name}", content, FILE_KEYS)
	if path.stem != content["rule"]:
		raise ScenarioError(f"{path.name}: holds rule {content['rule']}; the file must be named after it")
	return tuple(_cases(path.name, content, keys_of(content["rule"])))


def _cases(file: str, content: Mapping[str, Any], needed: tuple[str, ...]) -> Iterator[Scenario]:
	seen = set()
	for number, case in enumerate(content["cases"], 1):
		name = case.get("name") if isinstance(case, dict) else None
		if not name:
			raise ScenarioError(f"{file}: case {number} has no name")
		_same_keys(f"{file}, case {name!r}", case, ("name", *needed), ("given", "pack", "policy"))
		if name in seen:
			raise ScenarioError(f"{file}, case {name!r}: another case has the same name")
		seen.add(name)
		texts = {key: case.get(key) or {} for key in ("given", "policy", "expect")}
		pack = case.get("pack", mkd_support.PACK)
		yield Scenario(file, content["rule"], name, case.get("on"), case.get("today"), pack=pack, **texts)


def _same_keys(where: str, given: Any, needed: tuple[str, ...], possible: tuple[str, ...] = ()) -> None:
	if not isinstance(given, dict):
		raise ScenarioError(f"{where}: must be a mapping with {', '.join(needed)}")
	if unknown := sorted(map(str, set(given) - {*needed, *possible})):
		allowed = ", ".join((*needed, *possible))
		raise ScenarioError(f"{where}: unknown {', '.join(unknown)}; allowed are {allowed}")
	if missing := sorted(set(needed) - set(given)):
		raise ScenarioError(f"{where}: lacks {', '.join(missing)}")
