"""One request from the draft to the approval: ours beside an Attendance Request, by the same people."""

import statistics

import frappe

from benchmarks.measuring import summary
from mkd_hrms import setup
from mkd_hrms.constants import REQUEST
from mkd_hrms.services.platform import server_scripts
from mkd_hrms.tests.support import peer_workflow
from mkd_hrms.tests.support.factories import eligible, superior
from mkd_hrms.tests.support.peer_workflow import PEER
from mkd_hrms.tests.support.whole_way import Measure, wanted, whole_way
from mkd_hrms.tests.support.world import coming_week

WARM_UP, REPETITIONS = 5, 40
ONE_DAY, FOUR_DAYS = 1, 4


def measure():
	"""By setting of the Server Scripts, by number of days, by document: milliseconds and statements."""
	peer_workflow.make()
	boss = superior()
	employee = eligible(reports_to=boss)
	frappe.db.commit()
	found = {}
	for setting, disabled in (("scripts_off", 1), ("scripts_on", 0)):
		switch_scripts(disabled)
		found[setting] = {str(days): compare(employee, boss, days) for days in (ONE_DAY, FOUR_DAYS)}
	switch_scripts(disabled=1)
	return found


def switch_scripts(disabled):
	setup.server_scripts.restore()
	server_scripts.switch(disabled=disabled)
	frappe.db.commit()
	server_scripts.forget_script_map()
	if bool(server_scripts.enabled_scripts()) is bool(disabled):
		raise RuntimeError("The Server Scripts are not as this measurement wants them.")


def compare(employee, boss, days):
	"""The two documents by turns, so that a busy moment of the machine meets both."""
	measures = {REQUEST: [], PEER: []}
	steps = {REQUEST: [], PEER: []}
	for number in range(WARM_UP + REPETITIONS):
		for doctype in (REQUEST, PEER):
			by_step = whole_way(
				wanted(doctype, employee, coming_week()[:days]), employee.user_id, boss.user_id
			)
			if number >= WARM_UP:
				parts = by_step.values()
				total = Measure(sum(part.seconds for part in parts), sum(part.statements for part in parts))
				measures[doctype].append(total)
				steps[doctype].append(by_step)
	return {doctype: summary(measures[doctype]) | {"steps": by_steps(steps[doctype])} for doctype in measures}


def by_steps(repetitions):
	"""The medians of inserting, applying and approving."""
	return {
		step: {
			"ms_median": statistics.median(each[step].seconds * 1000 for each in repetitions),
			"sql_median": statistics.median(each[step].statements for each in repetitions),
		}
		for step in repetitions[0]
	}
