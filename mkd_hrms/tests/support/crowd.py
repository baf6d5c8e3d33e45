"""Many people at one moment: real sessions on separate connections, and one starting signal for all."""

import copy
import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import requests

import frappe
from frappe.utils import getdate
from frappe.utils.password import update_password

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.platform.server_scripts import FLAG
from mkd_hrms.tests.support.factories import asked, eligible, superior
from mkd_hrms.tests.support.live_server import Client, messages
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.world import HOLIDAY, coming_week

PASSWORD = "Siang-Malam-2023"

DONE, FULL, TAKEN, CHANGED, BROKEN = "done", "week full", "date taken", "changed by somebody else", "broken"
NO_ROOM = "no room in the unit"
REFUSED = 417
QUOTA_SENTENCE = re.compile(r"Week (\d{4}-W\d\d) \(.+?\): limit (\d+), used (\d+), asked (\d+)\.")
OVERLAP_SENTENCE = re.compile(r"MKD (is already applied for on these dates|on .+ is already applied for)")
CHANGED_SENTENCE = re.compile(
	r"was just changed by somebody else|is being decided at this moment|Not a valid Workflow Action"
)
ROOM_SENTENCE = re.compile(r"at most \d+ of \d+ people may work away .*Nothing was approved")
SENTENCES = {
	FULL: QUOTA_SENTENCE,
	TAKEN: OVERLAP_SENTENCE,
	CHANGED: CHANGED_SENTENCE,
	NO_ROOM: ROOM_SENTENCE,
}
# What only a programmer could make sense of. Looked for in the whole answer, tracebacks included.
TECHNICAL = re.compile(
	r"deadlock|lock wait|changed since last read|duplicate entry|modified after you have opened"
	r"|TimestampMismatch|IntegrityError|OperationalError|InternalError",
	re.IGNORECASE,
)


class Answer:
	"""What one of the crowd got to see."""

	def __init__(self, response):
		self.response = response
		self.said = " ".join(messages(response))
		self.kind = self._kind()

	def _kind(self):
		if self.response.ok:
			return DONE
		if self.response.status_code != REFUSED or TECHNICAL.search(self.response.text):
			return BROKEN
		return next((kind for kind, sentence in SENTENCES.items() if sentence.search(self.said)), BROKEN)

	@property
	def weeks(self):
		"""The weeks that a quota message names, each with its limit, used and asked days."""
		return {week: tuple(map(int, numbers)) for week, *numbers in QUOTA_SENTENCE.findall(self.said)}

	@property
	def traceback(self):
		return "\n".join(json.loads(self.response.json().get("exc", "[]"))) if self.kind == BROKEN else ""

	def __repr__(self):
		return f"{self.kind}: HTTP {self.response.status_code} {self.said} {self.traceback[-1500:]}"


class Crowd:
	"""A superior, his employees and one of HR, each logged in. A login holds on every server of the site."""

	def __init__(self, server, size):
		self.boss = superior()
		self.people = [eligible(reports_to=self.boss) for _number in range(size)]
		self.hr = make_user("HR Manager", "HR User", "Employee")
		users = [self.hr, *(employee.user_id for employee in (self.boss, *self.people))]
		for user in users:
			update_password(user, PASSWORD)
		# Frappe lets only so many users be made in an hour; those of the crowd do not count for other tests.
		aged = frappe.utils.add_to_date(None, hours=-2)
		frappe.db.set_value("User", {"name": ("in", users)}, "creation", aged, update_modified=False)
		# The server's own connections see only what is committed.
		frappe.db.commit()
		with ThreadPoolExecutor(4) as pool:
			self._clients = {
				client.user: client for client in pool.map(lambda user: Client(server, user, PASSWORD), users)
			}

	def client_of(self, user, server):
		return another_tab(self._clients[user], server)


def another_tab(client, server=None):
	"""The same login in a window of its own, with a connection of its own."""
	tab = copy.copy(client)
	tab.server = server or client.server
	tab.session = requests.Session()
	tab.session.headers.update(client.session.headers)
	tab.session.cookies.update(client.session.cookies)
	return tab


def at_once(jobs):
	"""Start every job at the same moment, in a thread each; their answers in the same order."""
	start = Barrier(len(jobs))

	def run(job):
		start.wait()
		return Answer(job())

	with ThreadPoolExecutor(len(jobs)) as pool:
		return list(pool.map(run, jobs))


def insert(client, employee, dates, **values):
	"""Store a draft in a tab of its own."""
	return another_tab(client).insert(asked(employee, dates, **values))


def act(client, name, action):
	"""Press a workflow button in a tab of its own."""
	doc = json.dumps({"doctype": REQUEST, "name": name})
	return another_tab(client).call("frappe.model.workflow.apply_workflow", doc=doc, action=action)


def insert_and_apply(client, employee, dates):
	"""The answer of the application, or of the draft where that was refused already."""
	response = insert(client, employee, dates)
	return act(client, response.json()["data"]["name"], "Apply") if response.ok else response


def withdraw_day(client, name, day):
	"""Take back one day of an approved request in a tab of its own."""
	return another_tab(client).call("mkd_hrms.api.withdraw_days", request=name, dates=[str(day)])


@contextmanager
def bench_without_scripts():
	"""The switch of the bench for Server Scripts off, as only its administrator can put it."""
	path = Path(frappe.local.sites_path, "common_site_config.json")
	before = path.read_text()
	path.write_text(json.dumps({**json.loads(before), FLAG: False}))
	try:
		yield
	finally:
		path.write_text(before)


def name_in(response):
	return response.json()["data"]["name"]


def counted(answers):
	return dict(Counter(answer.kind for answer in answers))


def weeks_ahead(count):
	"""Monday to Friday of the coming weeks that have no holiday."""
	first = coming_week(getdate())
	weeks = ([day + timedelta(days=7 * number) for day in first] for number in range(count + 1))
	return [week for week in weeks if HOLIDAY not in week][:count]
