"""The tree of units: lft and rgt from the parents where the files lack them."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from mkd_hrms.simulate.files.problems import Findings, Problem
from mkd_hrms.simulate.files.readers import ROW

UNIT = '"tabDepartment"'


def complete_tree(connection: duckdb.DuckDBPyConnection, file: str, findings: Findings) -> None:
	"""Build lft and rgt, or check the given ones. A unit above itself is a finding."""
	rows = connection.execute(
		f"SELECT name, parent_department, lft, rgt, {ROW} FROM {UNIT} ORDER BY name"
	).fetchall()
	parents = {name: parent for name, parent, *_rest in rows}
	if cycles := [(name, row) for name, *_values, row in rows if _is_above_itself(name, parents)]:
		findings.add(Problem("tree_cycle", file, row, "parent_department", name) for name, row in cycles)
	elif any(lft is None or rgt is None for _name, _parent, lft, rgt, _row in rows):
		_store(connection, borders(parents))
	else:
		_check_given(rows, file, findings)


def _is_above_itself(name: str, parents: dict[str, str | None]) -> bool:
	above, steps = parents.get(name), 0
	while above is not None and above != name and steps <= len(parents):
		above, steps = parents.get(above), steps + 1
	return above == name


def borders(parents: dict[str, str | None]) -> dict[str, tuple[int, int]]:
	"""lft and rgt of every unit, as the platform numbers them: several roots stand side by side."""
	children = defaultdict(list)
	for name, parent in parents.items():
		children[parent].append(name)
	found: dict[str, tuple[int, int]] = {}
	number, stack = 0, [(name, None) for name in reversed(children[None])]
	while stack:
		name, lft = stack.pop()
		number += 1
		if lft is None:
			stack.append((name, number))
			stack.extend((child, None) for child in reversed(children[name]))
		else:
			found[name] = (lft, number)
	return found


def _store(connection: duckdb.DuckDBPyConnection, found: dict[str, tuple[int, int]]) -> None:
	names, lefts, rights = (
		list(found),
		[lft for lft, _rgt in found.values()],
		[rgt for _lft, rgt in found.values()],
	)
	connection.execute(
		f"UPDATE {UNIT} SET lft = built.lft, rgt = built.rgt FROM ("
		" SELECT unnest($names) AS name, unnest($lefts) AS lft, unnest($rights) AS rgt"
		f") AS built WHERE {UNIT}.name = built.name",
		{"names": names, "lefts": lefts, "rights": rights},
	)


def _check_given(rows: list[tuple], file: str, findings: Findings) -> None:
	given = {name: (lft, rgt) for name, _parent, lft, rgt, _row in rows}
	for name, parent, lft, rgt, row in rows:
		outer = given.get(parent, (lft - 1, rgt + 1))
		if not outer[0] < lft < rgt < outer[1]:
			findings.add([Problem("tree_borders", file, row, "lft", name)])
