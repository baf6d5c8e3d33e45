"""A sites folder beside the bench: its own apps.txt, configuration, assets and logs."""

import json
import os
import shutil
import subprocess
from subprocess import PIPE, STDOUT

from .console import HarnessError
from .paths import CHECKOUT, STATE
from .redis import PREFERRED_PORTS, redis_url

ADMIN_PASSWORD = "admin"  # noqa: S105 -- of sites for tests and for showing
APP = "mkd_hrms"


class SitesFolder:
	"""`root` is the folder which Frappe takes for the bench; it holds `sites` and `logs`."""

	def __init__(self, bench, server, redis, root, apps):
		self.bench = bench
		self.server = server
		self.redis = redis
		self.path = root / "sites"
		self.logs = root / "logs"
		self.apps = apps

	def prepare(self):
		self.path.mkdir(parents=True, exist_ok=True)
		self.logs.mkdir(exist_ok=True)
		(self.path / "apps.txt").write_text("\n".join(self.apps) + "\n")
		write_json(self.path / "common_site_config.json", self._common_config())
		self._link_assets()
		return self

	def _common_config(self):
		return {
			**self.server.site_config(),
			"redis_cache": redis_url(PREFERRED_PORTS["cache"]),
			"redis_queue": redis_url(PREFERRED_PORTS["queue"]),
			"allow_tests": True,
			"server_script_enabled": True,
			# Mail is queued in the name of this account and sent nowhere.
			"mail_server": "smtp.example.org",
			"auto_email_id": "mkd@example.org",
			"mute_emails": True,
			# The tests make more people in an hour than Frappe lets anybody make.
			"throttle_user_limit": 10_000,
		}

	def _link_assets(self):
		"""The bench's built assets, and our own from this checkout: a bench may hold the app, too, as another checkout."""
		assets = self.path / "assets"
		shutil.rmtree(assets, ignore_errors=True)
		assets.mkdir()
		for entry in self.bench.assets.iterdir() if self.bench.assets.is_dir() else []:
			if entry.name != APP:
				(assets / entry.name).symlink_to(entry.resolve())
		public = CHECKOUT / APP / "public"
		if APP in self.apps and public.is_dir():
			(assets / APP).symlink_to(public)

	def add_site(self, site, database):
		folder = self.path / site
		shutil.rmtree(folder, ignore_errors=True)
		for name in ("logs", "locks", "public/files", "private/files", "private/backups"):
			(folder / name).mkdir(parents=True)
		config = {
			"db_name": database.name,
			"db_password": database.password,
			"db_type": "mariadb",
			"admin_password": ADMIN_PASSWORD,
			"host_name": f"http://{site}",
		}
		write_json(folder / "site_config.json", config)

	def remove_site(self, site):
		shutil.rmtree(self.path / site, ignore_errors=True)

	def frappe(self, site, *arguments, **environment):
		"""Run a `bench` command, its output going to the terminal. Returns the exit code."""
		return self.python(*bench_command(site, arguments), **environment)

	def must(self, site, *arguments):
		"""Run a `bench` command that prints much and tells nothing unless it fails."""
		self.must_python(*bench_command(site, arguments))

	def must_python(self, *arguments):
		command = [self.bench.python, *map(str, arguments)]
		result = subprocess.run(
			command, cwd=self.path, env=self.environment(), stdout=PIPE, stderr=STDOUT, text=True
		)
		if result.returncode:
			# A progress bar redraws its line hundreds of times; only its last state is worth showing.
			print(*(line.rpartition("\r")[2] for line in result.stdout.split("\n")), sep="\n")
			raise HarnessError(f"{' '.join(map(str, command))} failed; its output is above.")

	def python(self, *arguments, **environment):
		"""Run the bench's Python, its output going to the terminal. Returns the exit code."""
		command = [self.bench.python, *map(str, arguments)]
		with subprocess.Popen(command, cwd=self.path, env=self.environment() | environment) as process:
			try:
				return process.wait()
			except BaseException:
				# Not killed: a web server has workers to end, too.
				process.terminate()
				raise

	def environment(self):
		"""The bench's Python sees the checkout although it is not installed there."""
		inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
		# A caller's CI flag must not change how a site is installed; the test run sets its own.
		for name in ("VIRTUAL_ENV", "FRAPPE_SITE", "CI"):
			inherited.pop(name, None)
		# What the bench has is found in the bench, and only what it lacks behind it.
		paths = [CHECKOUT, *self.bench.packages, STATE / "site-packages"]
		return {
			**inherited,
			**self.redis.environment(),
			"PYTHONPATH": os.pathsep.join(map(str, paths)),
			"PYTHONUNBUFFERED": "1",
		}


def bench_command(site, arguments):
	return ["-m", "frappe.utils.bench_helper", "frappe", "--site", site, *map(str, arguments)]


def write_json(path, content):
	path.write_text(json.dumps(content, indent=1) + "\n")
