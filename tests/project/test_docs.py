"""docs/rules.md tells the truth: every rule in the code has its row and its scenario, every row its code."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from unittest import TestCase

from mkd_judges import GATE_OF
from mkd_source import defined_in, python_files, relative, tree_of
from mkd_support import PACKAGE, ROOT, SCENARIOS, a_policy_with_every_gate, decide, finding_of, the_pack

from mkd_hrms.policy import packs
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import Gate

DOCS = ROOT / "docs"
RULES = DOCS / "rules.md"
COLUMNS = ["Clause", "Rule", "What it says", "Policy", "Code", "Scenario"]
CITED = re.compile(r"\brule ([A-Z]\d+)\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"\[[^\]]+\]\((?P<path>[^)]+)\) `(?P<name>\w+)`")
INLINE_PATH = re.compile(r"`((?:mkd_hrms|tests|docs|scripts)/[\w./-]+)`")


@dataclass(frozen=True)
class Row:
	"""One line of a table of docs/rules.md."""

	clause: str
	rule: str
	says: str
	policy: str
	code: str
	scenario: str

	@property
	def parameters(self):
		return re.findall(r"`(\w+)`", self.policy)


def lines_of_tables():
	lines = RULES.read_text(encoding="utf-8").splitlines()
	cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|"))
	return [row for row in cells if not set(row[0]) <= {"-"}]


ROWS = {cells[1]: Row(*cells) for cells in lines_of_tables() if cells != COLUMNS}


def cited_in(*folders):
	"""The rules that the code says it implements, with the file that says so."""
	return {
		rule: relative(path)
		for folder in folders
		for path in python_files(PACKAGE / folder)
		for rule in CITED.findall(path.read_text(encoding="utf-8"))
	}


def gate_rules():
	"""The rule that each gate's docstring names in brackets at its end."""
	return {gate: re.findall(r"\(([EQ]\d+)\)", ask.__doc__ or "") for gate, ask in GATES}


class TestTheRulesInTheCode(TestCase):
	def test_every_gate_names_exactly_one_rule(self):
		expected = {gate: [rule] for rule, gate in GATE_OF.items() if gate is not Gate.TIER}
		self.assertEqual(gate_rules(), expected)

	def test_every_rule_of_the_policy_has_a_scenario(self):
		for rule, file in (cited_in("policy") | dict.fromkeys(GATE_OF, "a gate")).items():
			with self.subTest(rule):
				self.assertTrue(
					(SCENARIOS / f"{rule}.yaml").is_file(), f"{file} names {rule}: no {rule}.yaml"
				)

	def test_every_rule_that_the_code_names_has_a_row(self):
		cited = cited_in("policy", "facts", "services") | dict.fromkeys(GATE_OF, "a gate")
		missing = [f"{rule} ({file})" for rule, file in sorted(cited.items()) if rule not in ROWS]
		self.assertFalse(missing, f"docs/rules.md has no row for {', '.join(missing)}")


class TestTheTable(TestCase):
	def test_every_line_has_all_columns_and_no_rule_stands_twice(self):
		lines = [cells for cells in lines_of_tables() if cells != COLUMNS]
		self.assertEqual({len(cells) for cells in lines}, {len(COLUMNS)})
		self.assertEqual(len(lines), len(ROWS))

	def test_every_row_names_code_that_exists(self):
		for rule, row in ROWS.items():
			with self.subTest(rule):
				match = CODE.fullmatch(row.code)
				self.assertTrue(match, f"{row.rule}: code must be [file](path) `name`")
				path = (DOCS / match["path"]).resolve()
				self.assertTrue(path.is_file(), match["path"])
				self.assertIn(match["name"], names_in(path))

	def test_every_row_of_the_policy_names_the_scenario_of_its_rule(self):
		for rule, row in ROWS.items():
			with self.subTest(rule):
				wanted = f"[{row.rule}](../tests/scenarios/{row.rule}.yaml)" if "/policy/" in row.code else ""
				self.assertEqual(row.scenario, wanted)

	def test_every_scenario_file_has_a_row(self):
		self.assertLessEqual({path.stem for path in SCENARIOS.glob("*.yaml")}, set(ROWS))

	def test_every_gate_has_the_row_of_its_function(self):
		for gate, ask in GATES:
			(rule,) = gate_rules()[gate]
			with self.subTest(rule):
				file = ask.__module__.rpartition(".")[2]
				self.assertTrue(ROWS[rule].code.endswith(f"/{file}.py) `{ask.__name__}`"))

	def test_the_finding_of_every_gate_names_the_clause_of_the_first_entry_of_its_row(self):
		policy = a_policy_with_every_gate()
		for gate, _ask in GATES:
			(rule,) = gate_rules()[gate]
			with self.subTest(rule):
				clause = policy.clause(ROWS[rule].parameters[0])
				self.assertEqual(finding_of(decide(policy=policy), gate).source, clause)

	def test_every_row_gives_the_clauses_of_the_entries_it_names(self):
		for rule, row in ROWS.items():
			with self.subTest(rule):
				self.assertTrue(row.clause and row.says)
				for name in row.parameters:
					self.assertIn(name, (*packs.PARAMETERS, *packs.CLAUSES))
					for pack in packs.names():
						clause = the_pack(pack).clause(name)
						self.assertIn(clause, row.clause, f"{row.rule}: the clause of {name} in {pack}")


class TestLinks(TestCase):
	def test_no_document_names_a_file_that_does_not_exist(self):
		for path in (*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))):
			text = path.read_text(encoding="utf-8")
			targets = [path.parent / link for link in LINK.findall(text) if not re.match(r"\w+:", link)]
			targets += [ROOT / inline for inline in INLINE_PATH.findall(text)]
			missing = [str(target) for target in targets if not Path(target).exists()]
			with self.subTest(relative(path)):
				self.assertFalse(missing, f"{relative(path)} names {', '.join(missing)}")


def names_in(path):
	"""Functions, classes and constants of a module."""
	body = tree_of(path).body
	targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
	return {*defined_in(body), *(target.id for target in targets if isinstance(target, ast.Name))}
