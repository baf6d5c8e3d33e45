"""Asks what the Desk asks, as each visitor, over HTTP: how long the answer takes and how many bytes it has."""

import statistics
import time
from http.client import GATEWAY_TIMEOUT

from requests.exceptions import Timeout

import frappe

from benchmarks.measuring import percentile_95
from benchmarks.province.desk import questions
from benchmarks.province.visitors import browsers, visitors
from mkd_hrms.tests.support.live_server import SECONDS_TO_ANSWER, LiveServer

WARM_UP, REPETITIONS = 2, 20
# A question that takes long is asked less often, but never less than so many times.
SECONDS, LEAST = 1, 3


def look(_size):
	"""By role and question: milliseconds, bytes, and whether it was refused."""
	looking = visitors()
	frappe.db.commit()
	found = []
	with LiveServer() as server:
		clients = browsers(server, [visitor.user for visitor in looking])
		for visitor in looking:
			for question in questions(visitor):
				asked = {"role": visitor.role, "kind": question.kind, "name": question.name}
				found.append(asked | ask(clients[visitor.user], question))
	return found


def ask(client, question):
	"""The same question again and again; a refusal is asked once and told, and so is what gets no answer."""
	for _time in range(WARM_UP):
		try:
			response = client.call(question.method, **question.arguments)
		except Timeout:
			return {"refused": GATEWAY_TIMEOUT, "said": f"No answer in {SECONDS_TO_ANSWER} s."}
		if not response.ok:
			return {"refused": response.status_code, "said": response.text[-500:]}
	milliseconds, began = [], time.perf_counter()
	while len(milliseconds) < REPETITIONS:
		if len(milliseconds) >= LEAST and time.perf_counter() - began > SECONDS:
			break
		started = time.perf_counter()
		response = client.call(question.method, **question.arguments)
		milliseconds.append((time.perf_counter() - started) * 1000)
	milliseconds.sort()
	return {
		"ms_median": statistics.median(milliseconds),
		"ms_p95": percentile_95(milliseconds),
		"repetitions": len(milliseconds),
		"bytes": len(response.content),
	}
