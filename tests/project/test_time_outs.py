"""The queue ends a job by an error within it: nothing of ours takes that for a failure of the piece of work it is at."""

import ast
from unittest import TestCase

from mkd_source import nodes_of, python_files, relative
from mkd_support import PACKAGE

OUT_OF_TIME = "JobTimeoutException"
# A thread hands over what went wrong in it; the queue speaks to the main one.
HANDS_OVER = {PACKAGE / "facts" / "database" / "prefetch.py"}
ROOMS = tuple(
	PACKAGE / name for name in "facts judging services controllers overrides permissions setup api".split()
)


class TimeOutsTest(TestCase):
	def test_nothing_swallows_that_the_time_of_a_job_is_over(self):
		found = [
			f"{relative(path)}:{line}"
			for path in (*python_files(*ROOMS), PACKAGE / "tasks.py")
			if path not in HANDS_OVER
			for node in nodes_of(path)
			if isinstance(node, ast.Try)
			for line in swallowing(node)
		]
		self.assertFalse(found, "\n".join(found))

	def test_it_knows_what_swallows(self):
		for handlers, swallows in (
			("except Exception: log()", True),
			("except (ValueError, Exception): log()", True),
			("except: log()", True),
			("except ValueError: log()", False),
			("except Exception: raise", False),
			(f"except {OUT_OF_TIME}: raise\nexcept Exception: log()", False),
			(f"except {OUT_OF_TIME}: log()\nexcept Exception: log()", True),
		):
			(node,) = ast.parse(f"try: work()\n{handlers}").body
			self.assertEqual(bool(list(swallowing(node))), swallows, handlers)


def swallowing(node):
	"""The lines of the handlers that catch everything and raise nothing, where none before them passes the time-out on."""
	for handler in node.handlers:
		names = (
			{getattr(name, "id", None) for name in ast.walk(handler.type)} if handler.type else {"Exception"}
		)
		raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(handler))
		if OUT_OF_TIME in names and raises:
			return
		if names & {"Exception", "BaseException"} and not raises:
			yield handler.lineno
