"""Monday morning: thirty employees apply at the same time and their superiors approve; then the same with HRMS's requests.

Each client is another employee with a browser of his own, who asks for one day after another. His superior's browser
approves each as soon as it was applied for. HRMS's Attendance Request goes through the same Workflow, without our events.
Our form sends a new request in the state to which applying leads; a third crowd stores a draft first, as HRMS's form does.
"""

import json
import os
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import frappe

from benchmarks.measuring import percentile_95
from benchmarks.province.people import PERSON
from benchmarks.province.visitors import browsers
from mkd_hrms.constants import DRAFT, REQUEST
from mkd_hrms.tests.support import peer_workflow
from mkd_hrms.tests.support.crowd import another_tab
from mkd_hrms.tests.support.live_server import APPLICATION, LiveServer
from mkd_hrms.tests.support.peer_workflow import PEER
from mkd_hrms.tests.support.whole_way import APPLIED, wanted
from mkd_hrms.tests.support.world import COMPANY, coming_week

CLIENTS, SECONDS, ROUNDS = 30, 60, 2
DRAFT_FIRST = f"{REQUEST}, draft first"
SCRIPTS = Path(__file__).resolve().parents[2]


class PeerServer(LiveServer):
	"""Serves HRMS as it is: requests and attendance without our events."""

	def _command(self, descriptor):
		ours = f"{__name__}:application()"
		command = [ours if part == APPLICATION else part for part in super()._command(descriptor)]
		paths = os.pathsep.join((str(SCRIPTS), os.environ.get("PYTHONPATH", "")))
		return ["env", f"PYTHONPATH={paths}", *command]


def application():
	"""What gunicorn serves for the peer."""
	from frappe.app import application_with_statics

	asked = frappe.get_doc_hooks

	def without_ours():
		hooks = asked()
		return {
			doctype: _others(events) if doctype in (PEER, "Attendance") else events
			for doctype, events in hooks.items()
		}

	frappe.get_doc_hooks = without_ours
	return application_with_statics()


def _others(events):
	return {
		event: [path for path in paths if not path.startswith("mkd_hrms.")] for event, paths in events.items()
	}


def rush(_size):
	"""By document: how many were approved, how long an answer took, and what went wrong."""
	peer_workflow.make()
	frappe.db.commit()
	crowds = {
		REQUEST: (REQUEST, LiveServer, wanted),
		PEER: (PEER, PeerServer, wanted),
		DRAFT_FIRST: (REQUEST, LiveServer, stored_first),
	}
	# By turns, because the server still writes what the minutes before have left; of each the better one.
	rounds = [
		{name: crowd(doctype, server(), asking) for name, (doctype, server, asking) in crowds.items()}
		for _round in range(ROUNDS)
	]
	found = {name: max((each[name] for each in rounds), key=rate) for name in crowds}
	peer_workflow.remove()
	frappe.db.commit()
	return found


def rate(found):
	return found["approved_a_minute"]


def stored_first(doctype, person, dates):
	return wanted(doctype, person, dates) | dict.fromkeys(APPLIED, DRAFT)


def crowd(doctype, server, asking):
	people = applicants()
	with server:
		users = {user for person in people for user in (person.user_id, person.boss)}
		clients = browsers(server, users)
		results, until = Results(), time.monotonic() + SECONDS
		threads = [
			threading.Thread(target=apply_on_and_on, args=(doctype, clients, person, wishes, until, results))
			for person, wishes in all_wishes(doctype, people, asking)
		]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join()
	return results.summary()


def applicants():
	"""Employees of as many superiors as there are, who asked for nothing in the weeks to come."""
	rows = frappe.db.sql(
		f"""select p.employee as name, p.user as user_id, p.boss_user as boss from {PERSON} p
		where p.kind = 'staff' and not exists (
			select 1 from `tabMKD Day` day where day.employee = p.employee and day.mkd_date > curdate())
		and not exists (
			select 1 from `tabAttendance Request` peer where peer.employee = p.employee and peer.to_date > curdate())
		and exists (select 1 from `tabMKD Eligibility` s where s.name = p.employee and s.outcome = 'Eligible')
		order by row_number() over (partition by p.boss_employee order by p.number), p.number limit {CLIENTS}""",
		as_dict=True,
	)
	return [row.update(company=COMPANY) or row for row in rows]


def free_days(_person):
	"""Monday to Thursday of the weeks to come, one request a day, as long as the policy looks ahead."""
	return [day + timedelta(days=7 * week) for week in range(5) for day in coming_week()[:4]]


def all_wishes(doctype, people, asking):
	"""With each of the people what he asks for, a document after the other."""
	return [(person, [asking(doctype, person, [day]) for day in free_days(person)]) for person in people]


def apply_on_and_on(doctype, clients, person, wishes, until, results):
	employee, boss = (another_tab(clients[user]) for user in (person.user_id, person.boss))
	for client in (employee, boss):
		# A connection that waits for its next request may be closed by the server at that moment.
		client.session.headers["Connection"] = "close"
	for values in wishes:
		if time.monotonic() > until:
			return
		one_day(doctype, employee, boss, values, results)


def one_day(doctype, employee, boss, values, results):
	"""What the buttons of the forms send: insert, apply where that has not done it, approve."""
	name = results.of("insert", lambda: employee.insert(values))
	if not name:
		return
	press = "frappe.model.workflow.apply_workflow"
	reference = json.dumps({"doctype": doctype, "name": name})
	applied = values.get("status") == APPLIED["status"]
	if applied or results.of("apply", lambda: employee.call(press, doc=reference, action="Apply")):
		results.of("approve", lambda: boss.call(press, doc=reference, action="Approve"), done=True)


class Results:
	"""What all clients saw."""

	def __init__(self):
		self.lock = threading.Lock()
		self.milliseconds, self.status, self.approved = [], Counter(), 0
		self.deadlocks, self.refusals, self.began, self.ended = 0, Counter(), time.monotonic(), 0.0

	def of(self, step, act, done=False):
		"""The name that the server answers with, or None."""
		started = time.perf_counter()
		response = act()
		taken = (time.perf_counter() - started) * 1000
		with self.lock:
			self.milliseconds.append(taken)
			self.status[str(response.status_code)] += 1
			self.deadlocks += "Deadlock" in response.text
			if not response.ok:
				self.refusals[f"{step}: {response.text[-300:]}" if len(self.refusals) < 5 else "more"] += 1
				return None
			self.approved += done
			self.ended = time.monotonic()
		body = response.json()
		return (body.get("data") or body.get("message"))["name"]

	def summary(self):
		ordered = sorted(self.milliseconds) or [0]
		seconds = max(self.ended - self.began, 1e-9)
		return {
			"approved": self.approved,
			"seconds": seconds,
			"approved_a_minute": 60 * self.approved / seconds,
			"ms_p95": percentile_95(ordered),
			"ms_p99": ordered[-(-99 * len(ordered) // 100) - 1],
			"status": dict(self.status),
			"deadlocks": self.deadlocks,
			"refusals": dict(self.refusals),
		}
