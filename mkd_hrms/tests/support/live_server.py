"""Real HTTP requests as a given user, for what only a web server and the permissions of a session can prove.

The server reads what is committed, so a test commits what it made before it asks:

	with LiveServer() as server:
		client = Client(server, "budi@example.go.id", "password")
		response = client.call("frappe.auth.get_logged_user")
"""

import atexit
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import requests

import frappe
from frappe.utils import strip_html

APPLICATION = "frappe.app:application_with_statics()"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
SECONDS_TO_ANSWER = 60

CSRF_TOKEN = re.compile(r'frappe\.csrf_token = "(\w+)"')


class LiveServer:
	"""Gunicorn, as in production, serving the site under test on a free port of this machine."""

	def __init__(self, workers=2, threads=4):
		self.workers = workers
		self.threads = threads
		self.site = frappe.local.site
		self.sites_path = Path(frappe.local.sites_path).resolve()
		self.log = self.sites_path / self.site / "logs" / "live_server.log"
		self.process = None
		self.url = None

	def __enter__(self):
		return self.start()

	def __exit__(self, *_exception):
		self.stop()

	def start(self):
		# The port is taken here and handed over, so that nobody can take it in between.
		with socket.create_server(("127.0.0.1", 0)) as listener, self.log.open("w") as log:
			self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
			self.process = subprocess.Popen(
				self._command(listener.fileno()),
				cwd=self.sites_path,
				pass_fds=[listener.fileno()],
				stdout=log,
				stderr=subprocess.STDOUT,
				start_new_session=True,
			)
		# Ctrl-C ends the test run without its clean-up, and does not reach a session of its own.
		atexit.register(self.stop)
		try:
			self._wait_until_it_answers()
		except BaseException:
			self.stop()
			raise
		return self

	def stop(self):
		"""End the whole process group, because workers may outlive a master that dies badly."""
		if not self.process:
			return
		self.process.terminate()
		try:
			self.process.wait(SECONDS_TO_STOP)
		except subprocess.TimeoutExpired:
			os.killpg(self.process.pid, signal.SIGKILL)
			self.process.wait()
		self.process = None
		atexit.unregister(self.stop)

	def _command(self, descriptor):
		return [
			*(sys.executable, "-m", "gunicorn", "--bind", f"fd://{descriptor}"),
			*("--workers", str(self.workers), "--threads", str(self.threads), "--worker-class", "gthread"),
			*("--preload", "--timeout", "120", "--graceful-timeout", "1"),
			*("--access-logfile", "-", APPLICATION),
		]

	def _wait_until_it_answers(self):
		deadline = time.monotonic() + SECONDS_TO_START
		while not self._answers():
			if self.process.poll() is not None or time.monotonic() > deadline:
				raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")
			time.sleep(0.1)

	def _answers(self):
		try:
			response = requests.get(f"{self.url}/api/method/ping", headers=site_header(self), timeout=5)
		except requests.RequestException:
			return False
		return response.ok


class LoginRefused(Exception):
	def __init__(self, response):
		super().__init__("; ".join(messages(response)) or f"HTTP {response.status_code}")
		self.response = response


class Client:
	"""A logged-in browser without a screen; every call returns the `requests.Response`."""

	def __init__(self, server, user, password):
		self.server = server
		self.user = user
		self.session = requests.Session()
		self.session.headers.update({"Accept": "application/json", **site_header(server)})
		self._log_in(password)

	def get(self, path, /, **params):
		return self._request("GET", path, params=params)

	def post(self, path, /, **fields):
		return self._request("POST", path, json=fields)

	def put(self, path, /, **fields):
		return self._request("PUT", path, json=fields)

	def delete(self, path, /):
		return self._request("DELETE", path)

	def call(self, method, /, **args):
		"""A whitelisted function, by its dotted path."""
		return self.post(f"/api/method/{method}", **args)

	def resource(self, doctype, name):
		"""Read one document."""
		return self.get(resource_path(doctype, name))

	def insert(self, doc):
		return self._request("POST", resource_path(doc["doctype"]), json=doc)

	def set_value(self, doctype, name, **values):
		return self._request("PUT", resource_path(doctype, name), json=values)

	def _request(self, method, path, **content):
		return self.session.request(method, self.server.url + path, timeout=SECONDS_TO_ANSWER, **content)

	def _log_in(self, password):
		response = self.post("/api/method/login", usr=self.user, pwd=password)
		if not response.ok:
			raise LoginRefused(response)
		if response.json().get("message") == "Logged In":
			self._adopt_csrf_token()

	def _adopt_csrf_token(self):
		"""A session gets its token with the desk page; from then on Frappe demands it with every change.

		Website users have no desk and therefore no token.
		"""
		desk = self.session.get(f"{self.server.url}/app", headers={"Accept": "text/html"}, timeout=60)
		desk.raise_for_status()
		self.session.headers["X-Frappe-CSRF-Token"] = CSRF_TOKEN.search(desk.text).group(1)


class KeyClient(Client):
	"""A program of the user: it has no session, and sends his API key, given here for a password, with every call."""

	def _log_in(self, password):
		self.session.headers["Authorization"] = f"token {password}"


def messages(response):
	"""What a user would read on the screen: the messages and the error of a response, without markup."""
	try:
		body = response.json()
	except ValueError:
		return []
	shown = [json.loads(entry)["message"] for entry in json.loads(body.get("_server_messages", "[]"))]
	# "frappe.exceptions.ValidationError: The text"; usually the same text is among the messages already.
	_exception_type, _colon, text = body.get("exception", "").partition(": ")
	return list(dict.fromkeys(strip_html(message).strip() for message in [*shown, text] if message))


def site_header(server):
	"""The site is not named like the address of the server, so each request has to name it."""
	return {"X-Frappe-Site-Name": server.site}


def resource_path(doctype, name=None):
	parts = [doctype] if name is None else [doctype, name]
	return "/api/resource/" + "/".join(quote(str(part), safe="") for part in parts)
