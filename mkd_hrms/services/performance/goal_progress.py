"""A Goal with planned MKD minutes follows the verified reports that name it: computed anew each time, never added up.

Its progress is the share of the planned minutes that verified reports hold, at most all of them. Frappe HR itself then
rolls it up to the goals above and into the appraisal. A goal without planned minutes is left to people.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from mkd_hrms.constants import VERIFIED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.goals import PUT_AWAY, read_followed_goals
from mkd_hrms.facts.ledger.appraisal_evidence import read_verified_minutes
from mkd_hrms.facts.users import user_of

GOAL, TARGET = "Goal", "mkd_target_minutes"
SECONDS_TO_WAIT = 30


def follow(goal_names: Iterable[str]) -> list[str]:
	"""Compute the progress of goals anew and store what differs; returns the goals that changed.

	Two queries find them, however many; each that changed is saved, so that the goals above and the appraisal follow.
	A goal whose cycle is completed or whose employee is inactive stays as it was: its result is settled. Raises
	ValidationError where somebody else computes one of them for too long.
	"""
	names = sorted({name for name in goal_names if name})
	if not names:
		return []
	_alone(names)
	goals = {goal.name: goal for goal in read_followed_goals(SiteDatabase(), names)}
	minutes = read_verified_minutes(SiteDatabase(), list(goals))
	changed = [
		name
		for name, goal in goals.items()
		if progress(minutes.get(name, 0), goal.minutes) != flt(goal.progress, 2)
	]
	return [name for name in changed if _save(name)]


def _save(name: str) -> bool:
	"""A goal that Frappe HR refuses, say because the one above it fits no more, keeps no other waiting."""
	goal = frappe.get_doc(GOAL, name)
	goal.flags.ignore_permissions = goal.flags.ignore_mandatory = True
	frappe.db.savepoint("mkd_goal")
	try:
		goal.save()
	except frappe.ValidationError:
		frappe.db.rollback(save_point="mkd_goal")
		title = f"MKD: {name} could not follow the verified reports"
		frappe.log_error(title=title, reference_doctype=GOAL, reference_name=name)
		return False
	return True


def progress(minutes: int, target: int) -> float:
	"""Percent of the planned minutes, at most 100."""
	return min(100.0, round(100 * minutes / target, 2))


def set_progress(goal: Document) -> None:
	"""Before every save: what somebody typed gives way to what was verified, and what is put away stays."""
	if not is_planned(goal):
		return
	if goal.status in PUT_AWAY:
		before = goal.get_doc_before_save()
		goal.progress = before.progress if before else 0
		return
	minutes = read_verified_minutes(SiteDatabase(), [goal.name]) if not goal.is_new() else {}
	goal.progress = progress(minutes.get(goal.name, 0), cint(goal.get(TARGET)))


def is_planned(goal: Document) -> bool:
	"""Whether MKD minutes are planned for a goal; a group follows the goals below it."""
	return cint(goal.get(TARGET)) > 0 and not goal.is_group


def check_target(goal: Document) -> None:
	"""Nobody sets the minutes by which his own progress is measured (invariant 4).

	Raises PermissionError, or ValidationError for less than 0.
	"""
	before = goal.get_doc_before_save()
	old = cint(before.get(TARGET)) if before else 0
	if cint(goal.get(TARGET)) < 0:
		frappe.throw(_("The planned MKD minutes cannot be less than 0."))
	moved = bool(before) and before.employee != goal.employee
	if (cint(goal.get(TARGET)) == old and not (moved and old)) or goal.flags.ignore_permissions:
		return
	employees = {goal.employee, before.employee if before else goal.employee}
	if frappe.session.user in (user_of(employee) for employee in employees):
		frappe.throw(
			_("Your superior or HR plans the MKD minutes of your goal: nobody sets what he is measured by."),
			frappe.PermissionError,
		)


def report_changed(report: Document) -> None:
	"""A report that became Verified, or is it no more: its goals follow, by a worker once it is stored."""
	before = report.get_doc_before_save()
	versions = [version for version in (report, before) if version]
	if not any(version.status == VERIFIED for version in versions):
		return
	names = sorted({row.goal for version in versions for row in version.activities if row.goal})
	if names:
		frappe.enqueue(
			"mkd_hrms.tasks.follow_goals",
			queue="short",
			enqueue_after_commit=True,
			now=frappe.flags.in_test,
			names=names,
		)


def _alone(names: Iterable[str]) -> None:
	"""Two reports that are verified at once name the same goal: the second reads what the first has stored."""
	for name in names:
		lock = f"mkd goal {frappe.conf.db_name} {name}"[-64:]
		if not frappe.db.sql("select get_lock(%s, %s)", (lock, SECONDS_TO_WAIT))[0][0]:
			frappe.throw(_("Goal {0} is being computed by somebody else. Try again.").format(name))
		frappe.db.after_commit.add(lambda lock=lock: frappe.db.sql("select release_lock(%s)", lock))
		frappe.db.after_rollback.add(lambda lock=lock: frappe.db.sql("select release_lock(%s)", lock))
