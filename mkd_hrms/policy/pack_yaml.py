"""YAML as people write it: what it would read as something else than stands there is marked or refused."""

from __future__ import annotations

import re
from typing import Any

import yaml

PLAIN_WHOLE, PLAIN_NUMBER = (
	r"[-+]?(0|[1-9][0-9]*)",
	r"[-+]?[0-9]+\.[0-9]*([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
)


class Misread:
	"""A number that is written in another way than with plain digits: 010 is 8 for YAML, and 12:30 is 750."""

	written: str

	@property
	def hint(self) -> str:
		"""What the writer did not expect."""
		return f"YAML reads {self.written} as {self + 0}; write numbers in plain digits, and times in quotes."


class MisreadWhole(Misread, int):
	"""A whole number of that kind."""


class MisreadNumber(Misread, float):
	"""A number with decimals of that kind."""


def parse(text: str) -> Any:
	"""The content of a text. Raises YAMLError, also for a date that does not exist."""
	try:
		return yaml.load(text, _Loader)  # noqa: S506 -- a SafeLoader that takes less
	except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as wrong:
		raise yaml.YAMLError(f"{wrong}") from wrong


class _Loader(yaml.SafeLoader):
	"""YAML that takes no key twice, the later of which would silently win, and no references to other places."""

	def compose_node(self, parent, index):
		if self.check_event(yaml.AliasEvent):
			raise yaml.composer.ComposerError(
				None,
				None,
				"a reference to another place; write the value itself",
				self.peek_event().start_mark,
			)
		return super().compose_node(parent, index)

	def construct_mapping(self, node, deep=False):
		mapping = super().construct_mapping(node, deep)
		if len(mapping) < len(node.value):
			raise yaml.constructor.ConstructorError(None, None, "a key stands here twice", node.start_mark)
		return mapping

	def construct_whole(self, node):
		return _marked(node, super().construct_yaml_int(node), PLAIN_WHOLE, MisreadWhole)

	def construct_number(self, node):
		return _marked(node, super().construct_yaml_float(node), PLAIN_NUMBER, MisreadNumber)

	def construct_date(self, node):
		try:
			return super().construct_yaml_timestamp(node)
		except ValueError as wrong:
			raise yaml.constructor.ConstructorError(
				None, None, f"{node.value} is a day that the calendar does not have", node.start_mark
			) from wrong


for _tag, _construct in (
	("int", _Loader.construct_whole),
	("float", _Loader.construct_number),
	("timestamp", _Loader.construct_date),
):
	_Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct)


def _marked(node: yaml.ScalarNode, value: Any, plain: str, kind: type) -> Any:
	if re.fullmatch(plain, node.value):
		return value
	marked = kind(value)
	marked.written = node.value
	return marked
