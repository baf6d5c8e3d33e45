"""Every function that a browser may call was read, and what it does about records of ours stands in a table.

A release of the platform that brings another function, or takes one away, fails here until somebody has read it.
"""

from pathlib import Path

from frappe.tests.utils import FrappeTestCase

from mkd_hrms.overrides.functions import REPLACED
from mkd_hrms.tests.support.whitelisted import PLATFORM, whitelisted_in

TABLE = Path(__file__).parents[1] / "support" / "whitelisted.txt"


def table():
	"""From each dotted path to its verdict."""
	found, verdict = {}, None
	for line in TABLE.read_text(encoding="utf-8").splitlines():
		if line.startswith("["):
			verdict = line[1:].partition("]")[0]
		elif line and not line.startswith("#"):
			module, _colon, names = line.partition(": ")
			found.update({f"{module}.{name}": verdict for name in names.split()})
	return found


class TestWhitelisted(FrappeTestCase):
	def test_the_table_names_every_function_and_no_other(self):
		found = {path for app in PLATFORM for path, _function, _decorator in whitelisted_in(app)}
		known = set(table())
		self.assertGreater(len(found), 1000)
		self.assertEqual(sorted(found - known), [], "new: read them, then give them a verdict")
		self.assertEqual(sorted(known - found), [], "gone")

	def test_what_ours_take_the_place_of_is_said_in_the_table(self):
		said = {path for path, verdict in table().items() if verdict == "replaced"}
		self.assertEqual(said, set(REPLACED))
