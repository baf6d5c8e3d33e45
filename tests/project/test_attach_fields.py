"""Files in fields: every DocType of ours in which one may stand looks at it, and keeps what it held."""

import ast
import json
from unittest import TestCase

from mkd_source import tree_of
from mkd_support import PACKAGE

DOCTYPES = PACKAGE / "mkd_hrms" / "doctype"
KINDS, TABLES = ("Attach", "Attach Image"), ("Table", "Table MultiSelect")


def doctypes():
	"""What each DocType of ours is, by its name."""
	found = (json.loads(path.read_text()) for path in DOCTYPES.glob("*/*.json"))
	return {doc["name"]: doc for doc in found if doc["doctype"] == "DocType"}


def fields(doc):
	"""Where a file may stand in a DocType."""
	return [field["fieldname"] for field in doc["fields"] if field["fieldtype"] in KINDS]


def rows_of(doc, known):
	"""The DocTypes of the rows of a DocType."""
	return [known[field["options"]] for field in doc["fields"] if field["fieldtype"] in TABLES]


class TestAttachFields(TestCase):
	def setUp(self):
		self.known = doctypes()
		self.with_files = [doc for doc in self.known.values() if fields(doc)]

	def test_there_are_some(self):
		names = {doc["name"] for doc in self.with_files}
		self.assertLessEqual({"MKD Request", "MKD Daily Report Activity"}, names)

	def test_whatever_holds_one_looks_at_it_before_it_is_saved(self):
		for doc in self.known.values():
			if not doc.get("istable") and any(map(fields, (doc, *rows_of(doc, self.known)))):
				with self.subTest(doc["name"]):
					self.assertIn("AttachedFiles", self.bases_of(doc["name"]))

	def test_what_it_held_is_kept_beside_it_and_no_page_prints_its_address(self):
		for doc in self.with_files:
			by_name = {field["fieldname"]: field for field in doc["fields"]}
			for name in fields(doc):
				with self.subTest(doc["name"], field=name):
					self.assertTrue(by_name[f"{name}_hash"]["read_only"])
					self.assertTrue(by_name[name]["print_hide"])

	def bases_of(self, name):
		folder = name.lower().replace(" ", "_")
		tree = tree_of(DOCTYPES / folder / f"{folder}.py")
		classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
		return {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}
