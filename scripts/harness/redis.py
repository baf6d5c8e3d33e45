"""Two Redis servers of our own, so that a test never clears the cache of a site that somebody uses."""

import shutil
import socket
import subprocess
import time

from .console import HarnessError
from .paths import STATE

PREFERRED_PORTS = {"cache": 13100, "queue": 11100}
SECONDS_TO_START = 10


class RedisServers:
	def __init__(self):
		self.ports = {}
		self.processes = []

	def __enter__(self):
		if not shutil.which("redis-server"):
			raise HarnessError(
				"'redis-server' is missing; on Debian and Ubuntu: apt-get install redis-server"
			)
		STATE.mkdir(exist_ok=True)
		try:
			for role, preferred in PREFERRED_PORTS.items():
				self.ports[role] = free_port(preferred)
				self._start(self.ports[role])
		except BaseException:
			self.__exit__()
			raise
		return self

	def __exit__(self, *_exception):
		for process in self.processes:
			process.terminate()
		for process in self.processes:
			process.wait()

	def environment(self):
		"""Frappe prefers these to its configuration files: two runs of one checkout can share those."""
		return {f"FRAPPE_REDIS_{role.upper()}": redis_url(port) for role, port in self.ports.items()}

	def _start(self, port):
		command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(STATE)]
		process = subprocess.Popen([*command, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)
		self.processes.append(process)
		deadline = time.monotonic() + SECONDS_TO_START
		while not answers(port):
			if process.poll() is not None or time.monotonic() > deadline:
				raise HarnessError(f"Redis did not start on port {port}.")
			time.sleep(0.05)


def redis_url(port):
	return f"redis://127.0.0.1:{port}"


def answers(port):
	try:
		with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
			connection.sendall(b"PING\r\n")
			return connection.recv(16).startswith(b"+PONG")
	except OSError:
		return False


def free_port(preferred):
	for port in (preferred, 0):
		with socket.socket() as candidate:
			candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				candidate.bind(("127.0.0.1", port))
			except OSError:
				continue
			return candidate.getsockname()[1]
	raise HarnessError("There is no free port for Redis.")
