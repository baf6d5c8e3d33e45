"""A share of the test modules beside this one and in the folders beside it, for a run on several sites: MKD_TEST_SHARE=1/2 is every second.

By the order of the names, so that neighbours, which are often alike in length, go to different sites.
"""

import os
from pathlib import Path

PACKAGE = __name__.rpartition(".")[0]


def load_tests(loader, _tests, _pattern):
	return loader.loadTestsFromNames(modules_of(os.environ.get("MKD_TEST_SHARE") or "1/1"))


def modules_of(share):
	number, of = map(int, share.split("/"))
	root = Path(__file__).parent
	paths = sorted(root.rglob("test_*.py"), key=lambda path: path.stem)
	return [
		".".join((PACKAGE, *path.relative_to(root).with_suffix("").parts)) for path in paths[number - 1 :: of]
	]
