"""A change of policy tried on an invented agency without a site, as somebody without a bench does it.

Standard library only.
"""

import tempfile

from benchmarks.processes import run_measured
from harness.console import step
from harness.paths import CHECKOUT

MKD = CHECKOUT / ".venv" / "bin" / "mkd"
POLICIES = ("jabar-2023", "permenpanrb-2025")
# Employees, and by how many agencies of that size.
HUNDRED_THOUSAND, NATION = (100_000, 1), (36_000, 134)


def simulate(employees, agencies):
	"""Make the files, then try the second policy beside the first. Returns what both took."""
	total = employees * agencies
	with tempfile.TemporaryDirectory(dir=CHECKOUT / ".benchmark") as folder:
		size = ("--employees", employees, "--agencies", agencies)
		with step(f"`mkd sample` for {total:,} employees"):
			made = run_measured((MKD, "sample", *size, "--out", folder, "--overwrite"))
		policies = [part for policy in POLICIES for part in ("--policy", policy)]
		with step(f"`mkd simulate` for {total:,} employees"):
			tried = run_measured((MKD, "simulate", *policies, "--data", folder, "--quiet"))
	return {"employees": total, "agencies": agencies, "sample": made, "simulate": tried}
