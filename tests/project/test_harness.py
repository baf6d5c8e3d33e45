"""The platform suite on several sites is the whole suite, and where it cannot run that is told or is a failure."""

from itertools import chain
from pathlib import Path

import mkd_scripts  # noqa: F401
import pytest

import mkd_hrms.tests.share as share
from run_tests import platform_results

ROOT = Path(share.__file__).parent
MODULES = sorted(ROOT.rglob("test_*.py"))


def name_of(path):
	return ".".join(("mkd_hrms.tests", *path.relative_to(ROOT).with_suffix("").parts))


@pytest.mark.parametrize("of", [1, 2, 3, len(MODULES)])
def test_every_module_belongs_to_one_share(of):
	shares = [share.modules_of(f"{number}/{of}") for number in range(1, of + 1)]
	assert sorted(chain.from_iterable(shares)) == sorted(map(name_of, MODULES))
	assert all(shares)


@pytest.fixture
def bench(tmp_path, monkeypatch):
	"""The folder of a bench, still to be made."""
	monkeypatch.setenv("MKD_BENCH", str(tmp_path / "bench"))
	monkeypatch.delenv("MKD_REQUIRE_BENCH", raising=False)
	return tmp_path / "bench"


def test_without_a_bench_the_pure_suite_decides_and_nobody_overlooks_it(bench, capsys):
	assert platform_results(None) == []
	assert "THE PLATFORM SUITE DID NOT RUN" in capsys.readouterr().out


def test_without_a_bench_that_is_required_the_run_fails(bench, monkeypatch):
	monkeypatch.setenv("MKD_REQUIRE_BENCH", "1")
	assert [result.is_good for result in platform_results(None)] == [False]


def test_half_a_bench_is_a_failure_that_names_what_is_missing(bench, capsys):
	for there in ("env/bin/python", "apps/frappe", "apps/erpnext"):
		(bench / there).mkdir(parents=True)
	assert [result.is_good for result in platform_results(None)] == [False]
	assert "lacks apps/hrms" in capsys.readouterr().out
