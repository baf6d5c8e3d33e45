"""Every string shown to a user has an Indonesian translation with the same placeholders.

Looks at `_("...")` in Python and in Jinja templates, at `__("...")` in JavaScript (and at their contexts), at the names, labels, descriptions
and choices of what the app brings as JSON (DocTypes, reports, workspaces, notifications and their subjects, print formats,
workflow states and actions, roles) or as custom fields, and at the clauses of the policy packs; tests are not looked at.
With --missing it prints the rows that id.csv lacks, ready to be filled in.
"""

import argparse
import ast
import csv
import json
import re
import sys
from functools import cache
from pathlib import Path

APP = Path(__file__).resolve().parents[1] / "mkd_hrms"
CATALOGUE = APP / "translations" / "id.csv"

TRANSLATORS = {"_", "_lt"}
PLACEHOLDER = re.compile(r"\{[^{}]*\}")

# A first argument between quotes of one kind, in which a backslash hides the next character.
ARGUMENT = r"""\(\s*(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
# A list of values, or nothing, may stand before the context.
JS_CONTEXT = r"""(?:\s*,\s*(?:null|\[[^\]]*\])\s*,\s*(["'])(?P<context>[^"']*)\3)?"""
JINJA_CONTEXT = r"""(?:\s*,\s*context=(["'])(?P<context>[^"']*)\3)?"""
JS_CALL = re.compile(r"\b__" + ARGUMENT + JS_CONTEXT, re.DOTALL)
JINJA_CALL = re.compile(r"\b_" + ARGUMENT + JINJA_CONTEXT, re.DOTALL)
CLAUSE = re.compile(r"""\s+source: (?P<quote>["']?)(?P<text>.+)(?P=quote)$""")
JS_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# Of a call whose context is not written there, or of a function of that name that only marks: whoever shows it says in which.
ANY_CONTEXT = object()
JS_ESCAPED = {"n": "\n", "t": "\t", "\n": ""}


def main():
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--missing", action="store_true", help="print the missing rows as CSV")
	options = parser.parse_args()

	rows, problems = read_catalogue()
	sources, source_problems = strings_in_use()
	anywhere = {source for source, _context in rows}
	missing = [(text, context) for text, context in sources if is_missing(text, context, rows, anywhere)]
	if options.missing:
		csv.writer(sys.stdout, lineterminator="\n").writerows(
			[text, "", context if context is not ANY_CONTEXT else ""] for text, context in missing
		)
		return 0

	problems += source_problems
	problems += [
		f"{sources[text, context]}: no translation of {text!r}"
		+ (f" in {context}" if context and context is not ANY_CONTEXT else "")
		for text, context in missing
	]
	print(*problems, f"{len(sources)} strings, {len(problems)} problems", sep="\n")
	return 1 if problems else 0


def is_missing(text, context, rows, anywhere):
	"""What is shown of a DocType is looked for there first, and what has no context stands for all."""
	if context is ANY_CONTEXT:
		return text not in anywhere
	return not {(text, context), (text, "")} & rows.keys()


def read_catalogue():
	"""Frappe's format: source, translation and, when one word has two meanings, a context."""
	rows, problems = {}, []
	if not CATALOGUE.exists():
		return rows, problems
	with CATALOGUE.open(encoding="utf-8", newline="") as file:
		reader = csv.reader(file)
		for row in reader:
			problem = problem_in(row, rows)
			if problem:
				problems.append(f"{relative(CATALOGUE)}:{reader.line_num}: {problem}")
			else:
				rows[key_of(row)] = row[1]
	return rows, problems


def key_of(row):
	return row[0].strip(), row[2]


def problem_in(row, rows):
	if len(row) != 3:
		return f"{len(row)} columns; there must be 3: source, translation and a context, which may be empty"
	source, translation, _context = row
	if not source.strip() or not translation.strip():
		return "source or translation is empty"
	if key_of(row) in rows:
		return f"{source!r} is translated twice"
	if placeholders(source) != placeholders(translation):
		return f"the placeholders of {source!r} and of its translation differ"
	return None


def placeholders(text):
	return set(PLACEHOLDER.findall(text))


def strings_in_use():
	"""Each string and its context with the first place that uses it, and the calls that no catalogue can serve."""
	sources, problems = {}, []
	for path in sorted(APP.rglob("*")):
		read = reader_of(path)
		if APP / "tests" in path.parents or not read:
			continue
		for line, text, *context in read(path.read_text(encoding="utf-8")):
			place = f"{relative(path)}:{line}"
			if text is None:
				problems.append(f"{place}: an f-string cannot be translated; use {{0}} and .format()")
			elif text.strip():
				sources.setdefault((text.strip(), *(context or [""])), place)
	return sources, problems


def python_strings(code):
	tree = ast.parse(code)
	marks = any(isinstance(node, ast.FunctionDef) and node.name in TRANSLATORS for node in tree.body)
	for node in ast.walk(tree):
		if not (isinstance(node, ast.Call) and node.args and is_translator(node.func)):
			continue
		argument = node.args[0]
		if isinstance(argument, ast.JoinedStr):
			yield node.lineno, None
		elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
			yield node.lineno, argument.value, ANY_CONTEXT if marks else context_of(node)


def context_of(call):
	"""The context of a call, where it is written there or has the name of a constant."""
	contexts = [keyword.value for keyword in call.keywords if keyword.arg == "context"] or call.args[1:]
	if not contexts:
		return ""
	context = contexts[-1]
	if isinstance(context, ast.Constant):
		return context.value or ""
	name = context.attr if isinstance(context, ast.Attribute) else getattr(context, "id", None)
	return constants().get(name, ANY_CONTEXT)


@cache
def constants():
	"""The texts that have a name of their own, by it."""
	found = {}
	for path in (APP / "constants.py", APP / "mkd_hrms" / "report" / "asked.py"):
		for node in ast.parse(path.read_text(encoding="utf-8")).body:
			if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
				found.update(
					(target.id, node.value.value) for target in node.targets if isinstance(target, ast.Name)
				)
	return found


def custom_field_strings(code):
	"""What stands in a dictionary as the platform shows it, beside what is called for."""
	yield from python_strings(code)
	for node in ast.walk(ast.parse(code)):
		if isinstance(node, ast.Dict):
			for key, value in zip(node.keys, node.values, strict=True):
				word = getattr(key, "value", None)
				if word in ("label", "description", "options") and isinstance(value, ast.Constant):
					yield from ((value.lineno, text, ANY_CONTEXT) for text in value.value.split("\n"))


def is_translator(function):
	name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
	return name in TRANSLATORS


def javascript_strings(code):
	for call in JS_CALL.finditer(code):
		line = code.count("\n", 0, call.start()) + 1
		is_template = call["quote"] == "`" and "${" in call["text"]
		text = None if is_template else JS_ESCAPE.sub(unescape, call["text"])
		unknown = not call["context"] and arguments_after(code[call.end() :]) > 1
		yield line, text, ANY_CONTEXT if unknown else call["context"] or ""


def arguments_after(code):
	"""How many arguments follow the first one of a call: values, and the context."""
	depth = commas = 0
	for sign in re.sub(r""""[^"\n]*"|`[^`]*`""", "", code[:2000]):
		depth += (sign in "([{") - (sign in ")]}")
		if depth < 0:
			break
		commas += sign == "," and not depth
	return commas


def jinja_strings(code):
	for call in JINJA_CALL.finditer(code):
		line = code.count("\n", 0, call.start()) + 1
		yield line, JS_ESCAPE.sub(unescape, call["text"]), call["context"] or ""


def report_strings(code):
	"""A report without a site says all of its words in one context."""
	yield from ((line, text, ANY_CONTEXT) for line, text, _context in jinja_strings(code))


def clause_strings(code):
	"""The sources of a policy; a mere number of a decree reads the same in every language."""
	for number, line in enumerate(code.splitlines(), 1):
		clause = CLAUSE.match(line)
		if clause and re.search("[a-z]{3}", clause["text"]):
			yield number, clause["text"]


# What is shown of a document of these kinds, and of the rows of its tables.
SHOWN = {
	"Dashboard": ("name",),
	"Dashboard Chart": ("chart_name",),
	"DocType": ("name", "description"),
	"Notification": ("name",),
	"Number Card": ("label",),
	"Page": ("title",),
	"Print Format": ("name",),
	"Report": ("name",),
	"Role": ("name",),
	"Workflow Action Master": ("name",),
	"Workflow State": ("name",),
	"Workspace": ("title",),
}
TABLES = {
	"fields": ("label", "description"),
	"links": ("label", "group"),
	"shortcuts": ("label",),
	"number_cards": ("label",),
	"charts": ("label",),
}


def json_strings(code):
	"""Names of time zones are the same in every language."""
	documents = json.loads(code)
	for document in documents if isinstance(documents, list) else [documents]:
		for text in shown_of(document):
			if text and not text.startswith("Asia/"):
				line = code.count("\n", 0, code.find(json.dumps(text)[1:-1])) + 1
				yield line, text, document["name"] if document["doctype"] == "DocType" else ""


def shown_of(document):
	shown = SHOWN.get(document.get("doctype")) if isinstance(document, dict) else None
	if not shown:
		return
	yield from (document.get(key) for key in shown)
	if document["doctype"] == "Notification":
		yield from (text for _line, text, _context in jinja_strings(document["subject"]))
	if document["doctype"] == "Workspace":
		blocks = (block["data"].get("text", "") for block in json.loads(document["content"]))
		yield from (re.sub("<[^>]*>", "", text) for text in blocks)
	for table, keys in TABLES.items():
		for row in document.get(table, ()):
			yield from (row.get(key) for key in keys)
			if row.get("fieldtype") == "Select":
				yield from row.get("options", "").split("\n")


def unescape(match):
	return JS_ESCAPED.get(match[1], match[1])


READERS = {".py": python_strings, ".js": javascript_strings, ".html": jinja_strings, ".json": json_strings}


def reader_of(path):
	if path == APP / "custom_fields.py":
		return custom_field_strings
	if path.suffix == ".yaml" and path.parent == APP / "policy" / "parameters":
		return clause_strings
	if path.suffix == ".html" and APP / "simulate" in path.parents:
		return report_strings
	return READERS.get(path.suffix)


def relative(path):
	return path.relative_to(APP.parent)


if __name__ == "__main__":
	sys.exit(main())
