"""Brings the pure suite of `<repository>/tests` to `bench run-tests`.

Frappe only walks the package, so without this bridge the rules would never be tested on the Python
and the library versions of the bench they run on.
"""

from pathlib import Path

PURE_SUITE = Path(__file__).resolve().parents[2] / "tests"


def load_tests(loader, standard_tests, _pattern):
	"""The `unittest` protocol by which a module says what its tests are."""
	folder = str(PURE_SUITE)
	standard_tests.addTests(loader.discover(folder, pattern="test_*.py", top_level_dir=folder))
	return standard_tests
