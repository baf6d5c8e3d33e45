"""Lets tests import what the scripts are made of, as `benchmarks.conclusions`: only what needs no bench."""

import sys

from mkd_support import ROOT

sys.path.append(str(ROOT / "scripts"))
