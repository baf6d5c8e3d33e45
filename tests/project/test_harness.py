"""The platform suite on several sites is the whole suite."""

from itertools import chain
from pathlib import Path

import pytest

import mkd_hrms.tests.share as share

ROOT = Path(share.__file__).parent
MODULES = sorted(ROOT.rglob("test_*.py"))


def name_of(path):
	return ".".join(("mkd_hrms.tests", *path.relative_to(ROOT).with_suffix("").parts))


@pytest.mark.parametrize("of", [1, 2, 3, len(MODULES)])
def test_every_module_belongs_to_one_share(of):
	shares = [share.modules_of(f"{number}/{of}") for number in range(1, of + 1)]
	assert sorted(chain.from_iterable(shares)) == sorted(map(name_of, MODULES))
	assert all(shares)
