"""Brings the pure suite of `<repository>/tests` to `bench run-tests`.

Frappe only walks the package, so without this bridge the rules would never be tested on the Python
and the library versions of the bench they run on.
"""

import sys
from pathlib import Path

PURE_SUITE = Path(__file__).resolve().parents[2] / "tests"
SUPPORT = PURE_SUITE / "support"


def load_tests(loader, standard_tests, _pattern):
	"""The `unittest` protocol by which a module says what its tests are."""
	if str(SUPPORT) not in sys.path:
		sys.path.insert(0, str(SUPPORT))
	for folder in folders():
		# The folders are no packages, so each is a top of its own, as pytest takes it.
		standard_tests.addTests(loader.discover(folder, pattern="test_*.py", top_level_dir=folder))
	return standard_tests


def folders():
	return sorted({str(path.parent) for path in PURE_SUITE.rglob("test_*.py")})
