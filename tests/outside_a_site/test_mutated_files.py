"""Thousands of files that were cut, bent or built to harm: `mkd check` answers each in words, reads nothing else, and stays small.

Some of them each time; `make test-files` tries all.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import TestCase

import mkd_mutated_run
from mkd_support import PACKAGE

SOME = 120
MEGABYTES = 500
# Each share is a process of its own.
SHARE = 1500


def run(first, count):
	"""So many mutated files in a process of its own, by their numbers."""
	# The libraries may stand in a folder of their own, as they do beside a bench.
	own = (PACKAGE.parent, Path(mkd_mutated_run.__file__).parent)
	paths = os.pathsep.join(map(str, (*own, *filter(None, sys.path))))
	command = [sys.executable, mkd_mutated_run.__file__, str(first), str(count)]
	environment = {**os.environ, "PYTHONPATH": paths}
	done = subprocess.run(command, env=environment, capture_output=True, text=True)
	assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-2000:]}"
	return json.loads(done.stdout.splitlines()[-1])


class TestMutatedFiles(TestCase):
	def test_each_is_answered_in_words_and_nothing_else_is_read_or_written(self):
		left = int(os.environ.get("MKD_MUTATED_FILES") or SOME)
		for number in range(0, left, SHARE):
			found = run(number * 1000, min(SHARE, left - number))
			print(found["files"], "files,", found["agencies"], "agencies,", found["megabytes"], "MB")
			self.assertFalse(found["wrong"], json.dumps(found["wrong"], indent=1)[:6000])
			self.assertLess(found["megabytes"], MEGABYTES)
