"""The MariaDB server of the machine: start it when it is down, and make or drop databases of our own."""

import gzip
import os
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .console import HarnessError, step

PREFIX = "mkd_test_"

START_COMMANDS = (
	("systemctl", "start", "mariadb"),
	("service", "mariadb", "start"),
	("mariadbd-safe", "--user=mysql"),
)
SECONDS_TO_START = 60

# What the client says when nobody listens, by socket and by TCP.
SERVER_IS_DOWN = ("ERROR 2002", "ERROR 2003")

NO_ROOT_ACCESS = """No root access to MariaDB. Give it in one of three ways:
  1. MKD_DB_ROOT_PASSWORD=... in the environment (and MKD_DB_HOST, MKD_DB_PORT for a server over TCP);
  2. run as a system user whom MariaDB accepts as root through its unix socket;
  3. "root_password" in the bench's sites/common_site_config.json."""


@dataclass(frozen=True)
class Database:
	"""Name and password; Frappe wants the user to be called like the database."""

	name: str
	password: str


class MariaDB:
	def __init__(self, bench):
		self.config = bench.config()
		self.host = os.environ.get("MKD_DB_HOST") or self.config.get("db_host")
		self.port = int(os.environ.get("MKD_DB_PORT") or self.config.get("db_port") or 3306)
		self.client = find_program("mariadb", "mysql")
		self.password = None

	def connect(self):
		"""Make sure that the server answers, and find out how to be root on it."""
		if self._is_down():
			self._start()
		for password in self._possible_passwords():
			self.password = password
			if self._run("SELECT 1").returncode == 0:
				return self
		raise HarnessError(NO_ROOT_ACCESS)

	def _possible_passwords(self):
		if given := os.environ.get("MKD_DB_ROOT_PASSWORD"):
			return [given]
		configured = (self.config.get("root_password"), self.config.get("mariadb_root_password"))
		return [None, *filter(None, configured)]

	def _is_down(self):
		return self._run("SELECT 1").stderr.startswith(SERVER_IS_DOWN)

	def _start(self):
		if self.host not in (None, "localhost", "127.0.0.1"):
			raise HarnessError(f"MariaDB on {self.host}:{self.port} does not answer.")
		with step("Start MariaDB"):
			for command in START_COMMANDS:
				if shutil.which(command[0]) and self._answers_after(command):
					return
		raise HarnessError("MariaDB is down and could not be started; start it and try again.")

	def _answers_after(self, command):
		"""The server is shared with the rest of the machine: it is left running."""
		process = subprocess.Popen(
			command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
		)
		deadline = time.monotonic() + SECONDS_TO_START
		while time.monotonic() < deadline:
			if not self._is_down():
				return True
			if process.poll():
				return False
			time.sleep(0.5)
		return False

	def version(self):
		return self.sql("SELECT VERSION()")

	def site_config(self):
		"""How Frappe reaches the server that this client reaches."""
		if self.host:
			return {"db_host": self.host, "db_port": self.port}
		return {"db_socket": self.sql("SELECT @@socket")}

	def create(self, name):
		"""A new, empty database and its user; an old one of the same name goes."""
		self.drop(name)
		database = Database(name, secrets.token_hex(12))
		accounts = [f"'{name}'@'{host}'" for host in ("localhost", "%")]
		self.sql(
			f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;",
			*(f"CREATE USER {account} IDENTIFIED BY '{database.password}';" for account in accounts),
			*(f"GRANT ALL PRIVILEGES ON `{name}`.* TO {account};" for account in accounts),
		)
		return database

	def drop(self, name):
		if not name.startswith(PREFIX):
			raise ValueError(f"{name} is not a database of this harness")
		self.sql(
			f"DROP DATABASE IF EXISTS `{name}`;",
			f"DROP USER IF EXISTS '{name}'@'localhost';",
			f"DROP USER IF EXISTS '{name}'@'%';",
		)

	def has(self, name):
		return bool(self.sql(f"SELECT 1 FROM information_schema.schemata WHERE schema_name = '{name}'"))

	def dump(self, name, target):
		"""Write a gzipped dump, whole or not at all."""
		program = find_program("mariadb-dump", "mysqldump")
		unfinished = target.with_name(f"{target.name}.{os.getpid()}")
		command = [program, *self._connection(), "--single-transaction", "--quick", "--routines", name]
		with subprocess.Popen(command, stdout=subprocess.PIPE, env=self._environment()) as process:
			with gzip.open(unfinished, "wb", compresslevel=4) as file:
				shutil.copyfileobj(process.stdout, file)
		if process.returncode:
			unfinished.unlink()
			raise HarnessError(f"The dump of {name} failed.")
		unfinished.rename(target)

	def restore(self, name, source):
		command = [self.client, *self._connection(), "--init-command", FAST_IMPORT, name]
		with subprocess.Popen(command, stdin=subprocess.PIPE, env=self._environment()) as process:
			with gzip.open(source, "rb") as file:
				shutil.copyfileobj(file, process.stdin)
		if process.returncode:
			raise HarnessError(f"{source} could not be restored; delete it to have it built anew.")

	def sql(self, *statements):
		result = self._run("\n".join(statements))
		if result.returncode:
			raise HarnessError(f"MariaDB refused: {result.stderr.strip()}")
		return result.stdout.strip()

	def _run(self, statements):
		command = [self.client, *self._connection(), "--batch", "--skip-column-names"]
		return subprocess.run(
			command, input=statements, env=self._environment(), capture_output=True, text=True
		)

	def _connection(self):
		if self.host:
			return ["--user=root", "--protocol=TCP", f"--host={self.host}", f"--port={self.port}"]
		return ["--user=root"]

	def _environment(self):
		"""The password goes by the environment: arguments are visible to every user of the machine."""
		return {**os.environ, "MYSQL_PWD": self.password} if self.password else dict(os.environ)


FAST_IMPORT = "SET SESSION foreign_key_checks = 0, unique_checks = 0"


def find_program(*names):
	"""The first of several names under which a program is installed."""
	for name in names:
		if path := shutil.which(name):
			return Path(path)
	raise HarnessError(f"'{names[0]}' is missing; on Debian and Ubuntu: apt-get install mariadb-client")
