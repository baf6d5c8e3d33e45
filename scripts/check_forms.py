"""Looks through the scripts of forms, lists and reports with ESLint (scripts/lint), which needs Node, as a bench does.

Where there is no Node, or its registry does not answer, that is no failure, but nobody may overlook it.
Environment: MKD_REQUIRE_NODE=1 (then it is a failure).
"""

import os
import shutil
import subprocess
import sys

from harness.console import banner
from harness.paths import CHECKOUT, STATE

FOLDER = CHECKOUT / "scripts" / "lint"
# For which versions the folder of libraries was made.
LOCK, STAMP = FOLDER / "package-lock.json", STATE / "made-for-lint.json"
INSTALL = ("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")


def main():
	if problem := what_is_missing():
		banner(
			"THE FORM SCRIPTS WERE NOT LOOKED THROUGH.", problem, "MKD_REQUIRE_NODE=1 makes this a failure."
		)
		return int(os.environ.get("MKD_REQUIRE_NODE") == "1")
	eslint = FOLDER / "node_modules" / ".bin" / "eslint"
	command = [eslint, "--config", FOLDER / "eslint.config.mjs", "mkd_hrms"]
	return subprocess.run(command, cwd=CHECKOUT).returncode


def what_is_missing():
	"""Why ESLint cannot run here; None once it is installed in the versions of the lock file."""
	if not (shutil.which("node") and shutil.which("npm")):
		return "There is no Node; a bench needs it, too: https://nodejs.org"
	if (FOLDER / "node_modules").is_dir() and STAMP.exists() and STAMP.read_text() == LOCK.read_text():
		return None
	if subprocess.run(INSTALL, cwd=FOLDER).returncode:
		return "npm could not install what stands in scripts/lint/package-lock.json; its message is above."
	STATE.mkdir(exist_ok=True)
	STAMP.write_text(LOCK.read_text())
	return None


if __name__ == "__main__":
	sys.exit(main())
