"""The platform suite on several sites is the whole suite."""

from itertools import chain
from pathlib import Path

import pytest

import mkd_hrms.tests.share as share

MODULES = sorted(Path(share.__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("of", [1, 2, 3, len(MODULES)])
def test_every_module_belongs_to_one_share(of):
	shares = [share.modules_of(f"{number}/{of}") for number in range(1, of + 1)]
	assert sorted(chain.from_iterable(shares)) == [f"mkd_hrms.tests.{path.stem}" for path in MODULES]
	assert all(shares)
