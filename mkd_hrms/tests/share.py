"""A share of the test modules beside this one, for a run on several sites: MKD_TEST_SHARE=1/2 is every second.

By the order of the names, so that neighbours, which are often alike in length, go to different sites.
"""

import os
from pathlib import Path

PACKAGE = __name__.rpartition(".")[0]


def load_tests(loader, _tests, _pattern):
	return loader.loadTestsFromNames(modules_of(os.environ.get("MKD_TEST_SHARE") or "1/1"))


def modules_of(share):
	number, of = map(int, share.split("/"))
	names = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))
	return [f"{PACKAGE}.{name}" for name in names[number - 1 :: of]]
