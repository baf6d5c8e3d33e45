"""Thousands of files that were cut, bent or built to harm: `mkd convert` answers each in words, and writes a folder or none.

Some of them each time; `make test-files` tries all.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import TestCase

import mkd_mutated_exchange
from mkd_support import PACKAGE

from mkd_hrms.exchange import profiles

SOME = 30
# Among so many there is a file of each profile.
ENOUGH = 300
MEGABYTES = 500
# Each share is a process of its own.
SHARE = 1500


def run(first, count):
	"""So many mutated files in a process of its own, by their numbers."""
	own = (PACKAGE.parent, Path(mkd_mutated_exchange.__file__).parent)
	paths = os.pathsep.join(map(str, (*own, *filter(None, sys.path))))
	command = [sys.executable, mkd_mutated_exchange.__file__, str(first), str(count)]
	environment = {**os.environ, "PYTHONPATH": paths}
	done = subprocess.run(command, env=environment, capture_output=True, text=True)
	assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-2000:]}"
	return json.loads(done.stdout.splitlines()[-1])


class TestMutatedFiles(TestCase):
	def test_each_is_answered_in_words_and_a_folder_is_whole_or_not_there(self):
		left = int(os.environ.get("MKD_MUTATED_FILES") or SOME)
		for number in range(0, left, SHARE):
			found = run(number, min(SHARE, left - number))
			print({key: value for key, value in found.items() if key != "wrong"})
			self.assertFalse(found["wrong"], json.dumps(found["wrong"], indent=1)[:6000])
			self.assertLess(found["megabytes"], MEGABYTES)
			self.assertGreater(min(found["read"], found["refused"]), 0)
			if found["files"] >= ENOUGH:
				self.assertEqual(sorted(found["of"]), sorted(profiles.names()))
