"""The bench whose source code and Python environment are borrowed."""

import hashlib
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

DEFAULT_BENCH = "/home/frappe/frappe-bench"
HOST_APPS = ("frappe", "erpnext", "hrms")


@dataclass(frozen=True)
class Bench:
	root: Path

	@property
	def python(self):
		return self.root / "env" / "bin" / "python"

	@property
	def packages(self):
		"""The folder of its libraries."""
		return sorted((self.root / "env" / "lib").glob("python3*/site-packages"))

	@property
	def assets(self):
		return self.root / "sites" / "assets"

	@property
	def lacks(self):
		"""What a bench must have and this one has not."""
		parts = (self.python, *(self.root / "apps" / app for app in HOST_APPS))
		return [str(part.relative_to(self.root)) for part in parts if not part.exists()]

	@property
	def is_usable(self):
		return not self.lacks

	def config(self):
		path = self.root / "sites" / "common_site_config.json"
		return json.loads(path.read_text()) if path.exists() else {}

	def fingerprint(self):
		"""Changes whenever a host app changes its version or commit."""
		parts = [f"{app} {self._version(app)} {self._commit(app)}" for app in HOST_APPS]
		return hashlib.sha256("\n".join(parts).encode()).hexdigest()

	def _version(self, app):
		source = (self.root / "apps" / app / app / "__init__.py").read_text()
		return re.search(r"""__version__ = ["']([^"']+)""", source).group(1)

	def _commit(self, app):
		# The bench usually belongs to another user, which git would refuse as "dubious ownership".
		command = ["git", "-c", "safe.directory=*", "-C", self.root / "apps" / app, "rev-parse", "HEAD"]
		return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def wanted_bench():
	return Bench(Path(os.environ.get("MKD_BENCH") or DEFAULT_BENCH))
