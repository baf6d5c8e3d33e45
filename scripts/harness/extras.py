"""Libraries that the platform suite needs and a production bench lacks.

They go to a folder of the checkout, because the bench's environment is not ours to change, and are looked for behind it
(sites.py): what the bench has is tried as the bench has it.
"""

import json
import shutil
import subprocess
import sys

from .console import HarnessError, step
from .paths import STATE

# With the bounds of Frappe's own dev-dependencies and of our extras.
LIBRARIES = (
	"hypothesis~=6.77",
	"pytest>=8.2,<10",
	"freezegun~=1.2",
	"unittest-xml-reporting>=3.2,<5",
	"click>=8.1,<9",
	"defusedxml>=0.7.1,<0.8",
	"duckdb>=1.2,<3",
	"Jinja2>=3.1,<4",
	"openpyxl>=3.1,<4",
	"PyPika>=0.48.9,<0.52",
	"icalendar>=6.1,<8",
	"jsonschema>=4.20,<5",
	"openapi-spec-validator>=0.7.1,<0.9",
	"playwright>=1.49,<2",
	"axe-playwright-python>=0.1.8,<0.2",
)
TARGET = STATE / "site-packages"
# For which bench the folder was made; another one may lack other libraries.
STAMP = TARGET / "made-for.txt"
VERSIONS = """
from importlib.metadata import distributions
print(*sorted({f"{found.name}=={found.version}" for found in distributions() if found.name}), sep="\\n")
"""


def install_missing_libraries(sites):
	"""Raises HarnessError."""
	there = _versions(sites)
	wanted = "\n".join([*LIBRARIES, there])
	if STAMP.exists() and STAMP.read_text() == wanted:
		return
	with step("Install beside the bench what it lacks"):
		fresh = TARGET.with_suffix(".new")
		shutil.rmtree(fresh, ignore_errors=True)
		fresh.mkdir(parents=True)
		if missing := _missing(sites, there):
			print("   ", *missing)
			# Without what they need: that is in the list, or in the bench.
			_pip(sites, "--no-deps", "--target", fresh, *missing)
		shutil.rmtree(TARGET, ignore_errors=True)
		fresh.rename(TARGET)
		STAMP.write_text(wanted)


def _versions(sites):
	command, alone = [sites.bench.python, "-c", VERSIONS], {**sites.environment(), "PYTHONPATH": ""}
	return subprocess.run(command, env=alone, capture_output=True, text=True, check=True).stdout


def _missing(sites, there):
	"""What has to come so that all of ours is there, while what the bench has stays in its version."""
	constraint = STATE / "bench-versions.txt"
	constraint.write_text(there)
	report = _pip(sites, "--dry-run", "--report", "-", "--constraint", constraint, *LIBRARIES)
	found = [entry["metadata"] for entry in json.loads(report)["install"]]
	return sorted(f"{library['name']}=={library['version']}" for library in found)


def _pip(sites, *arguments):
	"""Our pip acts for the bench's Python: an environment made by uv has no pip of its own."""
	pip = [sys.executable, "-m", "pip", "--python", sites.bench.python, "install", "--quiet"]
	result = subprocess.run([*pip, *arguments], stdout=subprocess.PIPE, text=True)
	if result.returncode:
		raise HarnessError("The libraries of the platform suite could not be installed.")
	return result.stdout
