"""Dotted names in strings, which no import checks: hooks, jobs, what the browser calls."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import TestCase

from mkd_source import (
	DOTTED,
	Function,
	definition,
	functions,
	is_whitelisted,
	module_path,
	python_files,
	relative,
	resolves,
	texts,
)
from mkd_support import PACKAGE

from mkd_hrms import hooks

TASKS, OVERRIDES = "mkd_hrms.tasks.", "mkd_hrms.overrides."
BROWSER = ("*.js", "*.html", "*.json")
CALLED = re.compile(rf"""["'`](?:/api/method/)?({DOTTED.pattern})""")


class NamesTest(TestCase):
	def assert_none(self, problems):
		problems = list(problems)
		self.assertFalse(problems, "\n" + "\n".join(problems))


class TestHooks(NamesTest):
	def test_events_are_those_of_the_platform_each_in_the_file_of_its_doctype(self):
		self.assert_none(
			f"{doctype}.{event}: {target}"
			for doctype, events in hooks.doc_events.items()
			for event, target in events.items()
			if target != f"{OVERRIDES}{scrubbed(doctype)}.{event}"
		)

	def test_our_doctypes_say_in_their_controllers_what_happens_to_them(self):
		self.assert_none(doctype for doctype in hooks.doc_events if is_ours(doctype))

	def test_what_replaces_a_function_of_the_platform_may_be_called_as_it(self):
		self.assert_none(
			f"{name}: {target}"
			for name, target in hooks.override_whitelisted_methods.items()
			if not is_whitelisted(target)
		)

	def test_the_scheduler_calls_functions_of_tasks(self):
		self.assert_none(name for name in scheduled(hooks.scheduler_events) if not is_task(name))


class TestJobs(NamesTest):
	def test_every_job_is_a_function_of_tasks_whose_name_is_written_out(self):
		self.assert_none(
			f"{relative(path)}:{call.lineno}: {name or 'not written out'}"
			for path in python_files(PACKAGE)
			if not relative(path).startswith("mkd_hrms/tests/")
			for call, names in jobs(path)
			for name in names or [None]
			if not (name and is_task(name))
		)

	def test_there_are_jobs_to_look_at(self):
		self.assertTrue(any(True for path in python_files(PACKAGE / "services") for _job in jobs(path)))


class TestStrings(NamesTest):
	def test_every_dotted_name_leads_somewhere(self):
		"""But for those of the past, under which something may still wait for a patch."""
		self.assert_none(
			f"{relative(path)}:{line}: {text}"
			for path in python_files(PACKAGE)
			if not relative(path).startswith("mkd_hrms/patches/") and path.stem != "test_patches"
			for line, text in texts(path)
			if DOTTED.fullmatch(text) and not (resolves(text) or module_path(text))
		)

	def test_the_browser_calls_only_what_it_may(self):
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path, line, name in names_in_browser()
			if not is_whitelisted(name)
		)

	def test_the_settings_form_calls_the_switch_of_the_server_scripts_by_its_public_paths(self):
		named = {name for _path, _line, name in names_in_browser()}
		public = {
			f"mkd_hrms.setup.server_scripts.{name}" for name in ("status", "enable", "disable", "restore")
		}
		self.assertLessEqual(public, named)


def scrubbed(doctype: str) -> str:
	return doctype.lower().replace(" ", "_").replace("-", "_")


def is_ours(doctype: str) -> bool:
	return (PACKAGE / "mkd_hrms" / "doctype" / scrubbed(doctype)).is_dir()


def scheduled(events) -> Iterator[str]:
	if isinstance(events, str):
		yield events
	for entry in events.values() if isinstance(events, dict) else events if isinstance(events, list) else ():
		yield from scheduled(entry)


def is_task(name: str) -> bool:
	"""Tasks never change their names, so a job that waits over an upgrade finds its own."""
	return name.startswith(TASKS) and isinstance(definition(name), Function)


def jobs(path: Path) -> Iterator[tuple[ast.Call, list[str]]]:
	"""Each call that queues a job, and the names it may queue; none where they cannot be read from its function."""
	for function in functions(path):
		for node in ast.walk(function):
			if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "enqueue":
				yield node, list(_written(_queued(node), function))


def _queued(call: ast.Call) -> ast.expr | None:
	named = (keyword.value for keyword in call.keywords if keyword.arg == "method")
	return call.args[0] if call.args else next(named, None)


def _written(value: ast.expr | None, function: ast.AST) -> Iterator[str]:
	if isinstance(value, ast.Constant) and isinstance(value.value, str):
		yield value.value
	elif isinstance(value, ast.Name):
		for node in ast.walk(function):
			if isinstance(node, ast.Assign) and value.id in (
				getattr(target, "id", None) for target in node.targets
			):
				yield from _written(node.value, function)


def names_in_browser() -> Iterator[tuple[Path, int, str]]:
	for path in sorted(path for kind in BROWSER for path in PACKAGE.rglob(kind)):
		for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
			yield from ((path, line, name) for name in CALLED.findall(text))
