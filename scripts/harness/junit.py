"""Counts of a suite, read from the JUnit XML that both pytest and Frappe's runner write."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
SEVERITY = (SKIPPED, PASSED, FAILED)


@dataclass(frozen=True)
class SuiteResult:
	name: str
	exit_code: int
	passed: int = 0
	failed: int = 0
	skipped: int = 0

	@property
	def is_good(self):
		"""A suite in which nothing ran proves nothing, whatever its exit code."""
		return self.exit_code == 0 and self.failed == 0 and self.passed > 0

	def __str__(self):
		line = f"{self.name}: {self.passed} passed, {self.failed} failed"
		return f"{line}, {self.skipped} skipped" if self.skipped else line


def read_result(name, report, exit_code):
	"""A runner that died early leaves no report or an empty one: that counts as nothing run."""
	worst = list(read_outcomes(report).values())
	return SuiteResult(name, exit_code, *(worst.count(outcome) for outcome in (PASSED, FAILED, SKIPPED)))


def read_outcomes(report):
	"""By class and name of each test, its worst outcome; nothing where there is no report."""
	if not report.exists() or not report.stat().st_size:
		return {}
	outcomes = {}
	root = ElementTree.parse(report).getroot()  # noqa: S314 -- written by our own test runner
	for case in root.iter("testcase"):
		# Failed subtests are cases of their own beside the test they belong to, under the same name.
		outcomes.setdefault((case.get("classname"), case.get("name")), []).append(outcome_of(case))
	return {test: max(seen, key=SEVERITY.index) for test, seen in outcomes.items()}


def outcome_of(case):
	children = {child.tag for child in case}
	if children & {"failure", "error"}:
		return FAILED
	return SKIPPED if "skipped" in children else PASSED
