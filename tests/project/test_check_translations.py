"""The check of the catalogue: a word that is translated in one context alone is none where it is asked for without one."""

import json
from unittest import TestCase

import mkd_scripts  # noqa: F401

from check_translations import ANY_CONTEXT, is_missing, javascript_strings, json_strings, python_strings

ROWS = {("Open", "MKD Import Line"): "Terbuka", ("Date", ""): "Tanggal"}
ANYWHERE = {source for source, _context in ROWS}


def missing(*found):
	"""Of what a reader found, each word that nobody would be shown in Indonesian."""
	return [text for _line, text, *context in found if is_missing(text, *(context or [""]), ROWS, ANYWHERE)]


class TestContexts(TestCase):
	def test_without_a_context_only_a_row_without_one_counts(self):
		self.assertEqual(
			missing(*python_strings('_("Open"); _("Date"); _("Open", context=IMPORT_LINE)')), ["Open"]
		)
		code = """__("Open"); __("Date"); __("Open", null, "MKD Import Line"); __("Date", [a, b(c, d)]); __("Open", [a, "b, c"]);"""
		self.assertEqual(missing(*javascript_strings(code)), ["Open", "Open"])

	def test_a_word_that_is_in_no_row_is_missing_whatever_its_context(self):
		self.assertEqual(missing(*python_strings('_("Shut", context="MKD Import Line")')), ["Shut"])
		self.assertEqual(missing(*javascript_strings('__("Shut", null, CONTEXT)')), ["Shut"])

	def test_what_a_function_of_the_file_only_marks_is_said_by_somebody_else(self):
		marked = 'def _(text):\n\treturn text\n\nWORDS = (_("Open"),)\n'
		self.assertEqual([each[2] for each in python_strings(marked)], [ANY_CONTEXT])
		self.assertEqual(missing(*python_strings(marked)), [])

	def test_a_workspace_has_no_context_and_a_doctype_has_its_own(self):
		field = {"label": "Open", "fieldtype": "Data"}
		document = {"doctype": "DocType", "name": "MKD Import Line", "fields": [field]}
		self.assertEqual(missing(*json_strings(json.dumps(document))), ["MKD Import Line"])
		document = {
			"doctype": "Workspace",
			"name": "X",
			"title": "Date",
			"content": "[]",
			"shortcuts": [field],
		}
		self.assertEqual(missing(*json_strings(json.dumps(document))), ["Open"])
