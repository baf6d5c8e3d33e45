"""Libraries that the platform suite needs and a production bench lacks.

They go to a folder of the checkout, because the bench's environment is not ours to change.
"""

import subprocess
import sys

from .console import HarnessError, step
from .paths import STATE

# Import name and requirement, with the bounds of Frappe's own dev-dependencies and of our extras.
LIBRARIES = {
	"hypothesis": "hypothesis~=6.77",
	"pytest": "pytest>=8.2,<10",
	"freezegun": "freezegun~=1.2",
	"xmlrunner": "unittest-xml-reporting>=3.2,<5",
	"click": "click>=8.1,<9",
	"defusedxml": "defusedxml>=0.7.1,<0.8",
	"duckdb": "duckdb>=1.2,<3",
	"jinja2": "Jinja2>=3.1,<4",
	"openpyxl": "openpyxl>=3.1,<4",
	"pypika": "PyPika>=0.48.9,<0.52",
}
TARGET = STATE / "site-packages"

# Our folder is looked into first, so what comes along with a library must be what the bench has.
VERSIONS = """
from importlib.metadata import distributions
print(*sorted({f"{found.name}=={found.version}" for found in distributions() if found.name}), sep="\\n")
"""
FIND_MISSING = """
import importlib.util, sys
print(*(name for name in sys.argv[1:] if not importlib.util.find_spec(name)))
"""


def install_missing_libraries(sites):
	command = [sites.bench.python, "-c", FIND_MISSING, *LIBRARIES]
	found = subprocess.run(command, env=sites.environment(), capture_output=True, text=True, check=True)
	missing = [LIBRARIES[name] for name in found.stdout.split()]
	if not missing:
		return
	with step(f"Install {', '.join(missing)} beside the bench"):
		# Our pip acts for the bench's Python: an environment made by uv has no pip of its own.
		pip = [sys.executable, "-m", "pip", "--python", sites.bench.python, "install", "--quiet"]
		if subprocess.run([*pip, "--target", TARGET, "--constraint", _versions(sites), *missing]).returncode:
			raise HarnessError("The libraries of the platform suite could not be installed.")


def _versions(sites):
	"""A file that holds pip to the versions of the bench."""
	command, alone = [sites.bench.python, "-c", VERSIONS], {**sites.environment(), "PYTHONPATH": ""}
	found = subprocess.run(command, env=alone, capture_output=True, text=True, check=True)
	path = STATE / "bench-versions.txt"
	path.write_text(found.stdout)
	return path
