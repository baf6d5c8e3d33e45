"""Which words the other apps of the site show, and how their catalogues say them: read from the apps as they are installed."""

import json
import os
import re
from functools import cache
from pathlib import Path

import frappe
from frappe.translate import get_translations_from_apps

from mkd_hrms.constants import APP

QUOTED = r"""(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
CALL = re.compile(r"\b__?\(\s*" + QUOTED, re.DOTALL)
# What Python hands to the platform as a field is shown by it.
LABEL = re.compile(r"""["'](?:label|description|group|title)["']:\s*""" + QUOTED)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
CODE = {".py", ".js", ".ts", ".vue", ".html"}
SHOWN = {"name", "label", "title", "description", "group", "chart_name", "action", "state"}
# What nobody is shown: what others bring with them, what is built of the rest, and what is only tried.
LEFT_OUT = {"node_modules", "dist", "tests", "locale", "translations", "patches"}


@cache
def others():
	return tuple(app for app in frappe.get_installed_apps() if app != APP)


@cache
def translations():
	"""Source, with its context behind a colon, to Indonesian: as the platform itself reads the catalogues of these apps."""
	return get_translations_from_apps("id", others())


@cache
def shown():
	"""Each word with the first file that shows it."""
	found = {}
	for app in others():
		root = Path(frappe.get_app_path(app)).parent
		for path in files_below(root):
			for word in words_of(path):
				found.setdefault(word.strip(), f"{app}: {path.relative_to(root)}")
	return found


def files_below(root):
	for folder, folders, names in os.walk(root):
		folders[:] = sorted(set(folders) - LEFT_OUT)
		yield from (Path(folder) / name for name in sorted(names))


def words_of(path):
	if path.suffix in CODE:
		text = path.read_text(encoding="utf-8", errors="ignore")
		for pattern in (CALL, LABEL):
			yield from (ESCAPED.sub(r"\1", match["text"]) for match in pattern.finditer(text))
	elif path.suffix == ".json":
		text = path.read_text(encoding="utf-8", errors="ignore")
		if '"doctype"' in text:
			yield from words_in(json.loads(text))


def words_in(value):
	"""What a document says somewhere, and the choices of its Selects."""
	if isinstance(value, list):
		for part in value:
			yield from words_in(part)
	elif isinstance(value, dict):
		for key, part in value.items():
			if key in SHOWN and isinstance(part, str):
				yield part
			elif key == "options" and value.get("fieldtype") == "Select":
				yield from (part or "").split("\n")
			else:
				yield from words_in(part)
