"""Our catalogue renames nothing of the platform: its rows stand for all apps, and the last app's count."""

import csv
from pathlib import Path

from frappe.tests.utils import FrappeTestCase

import mkd_hrms
from mkd_hrms.tests.support import platform_words

# What the platform shows on every form and list, has no Indonesian for, and asks for without a context; each means the same there.
WITHOUT_A_WORD = {
	*("Connections", "New {0}", "Type a reply / comment", "You haven't created a {0} yet"),
	*("{0} last edited this", "{0} created this", "{0} viewed this"),
	*("You last edited this", "You created this", "You viewed this"),
	*("List View", "Filter By", "Edit Filters", "Events", "What's New"),
	*("Search or type a command ({0})", "Copy to Clipboard", "Remind Me", "Undo", "Redo"),
	*("You changed the value of {0}", "{0} changed the value of {1}", "{0} from {1} to {2}"),
}
# It heads the rows of every table, and the platform reads it as the unit of force.
MISREAD = {"No."}
CATALOGUE = Path(mkd_hrms.__file__).parent / "translations" / "id.csv"


def rows():
	with CATALOGUE.open(encoding="utf-8", newline="") as file:
		return [(row[0].strip(), row[1].strip(), row[2]) for row in csv.reader(file)]


class TestPlatformWords(FrappeTestCase):
	def test_what_other_apps_are_read_for_is_found(self):
		"""A word of code, of a form, of a choice and of a setup; otherwise the next test would find nothing."""
		for word in ("Dismiss", "Condition", "Salary Slip", "Work From Home", "Default Shift"):
			with self.subTest(word):
				self.assertIn(word, platform_words.shown())
		self.assertEqual(platform_words.translations()["Apply"], "Terapkan")
		self.assertGreater(len(platform_words.translations()), 5000)

	def test_a_word_that_another_app_shows_reads_as_that_app_says_it(self):
		"""Where its meaning is another one here, the row has a context, or the source says what it is about."""
		shown, theirs = platform_words.shown(), platform_words.translations()
		renamed = [
			f"{source!r} of {shown[source]}: {theirs.get(source, source)!r} there, {ours!r} here"
			for source, ours, context in rows()
			# With other capitals it is the same word.
			if not context and source in shown and ours.casefold() != theirs.get(source, source).casefold()
			if source not in WITHOUT_A_WORD | MISREAD
		]
		self.assertFalse(renamed, "\n" + "\n".join(renamed))
		self.assertEqual({source for source in WITHOUT_A_WORD if theirs.get(source, source) != source}, set())
		self.assertEqual({theirs.get(source) for source in MISREAD}, {"Newton"})

	def test_neither_does_a_context_rename_what_has_the_same_one_there(self):
		theirs = platform_words.translations()
		ours = {f"{source}:{context}": translation for source, translation, context in rows() if context}
		renamed = [key for key, translation in ours.items() if theirs.get(key, translation) != translation]
		self.assertEqual(renamed, [])
