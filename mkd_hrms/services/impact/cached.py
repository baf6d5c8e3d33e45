"""The comparison of a large agency: made by a worker, kept for some minutes for the reader's next look.

It is kept in the site's cache, under everything that it depends on, and in no table and no file.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import cint

from mkd_hrms.constants import POLICY
from mkd_hrms.facts.limits import Limits
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.impact import compare
from mkd_hrms.services.impact.compare import Affected, Compared, Question
from mkd_hrms.services.policies.in_force import submitted_policies

# More people than this are left to a worker, unless the site's configuration says another number.
INLINE, INLINE_KEY = 1000, "mkd_policy_impact_inline"
SECONDS = 15 * 60
READY = "mkd_policy_impact_ready"

Kept = tuple[datetime, list[Compared]]


def comparison(question: Question, affected: list[Affected], company: str | None) -> Kept | None:
	"""When and with which result the companies were compared; None while a worker is at it."""
	limits = compare.limits_of_reader()
	most = cint(frappe.conf.get(INLINE_KEY, INLINE))
	if not in_a_request() or compare.headcount(affected) <= most:
		return clock.now(), [compare.compare(question, entry, limits) for entry in affected]
	key = key_of(question, limits, company)
	kept = frappe.cache.get_value(key)
	if kept is None:
		frappe.enqueue(
			"mkd_hrms.tasks.compare_policies",
			queue="long",
			job_id=f"{key}:{frappe.session.user}",
			deduplicate=True,
			policy=question.draft.name,
			company=company,
		)
	return kept


def in_a_request() -> bool:
	"""Whether a reader waits for the answer."""
	return bool(getattr(frappe.local, "request", None))


def key_of(question: Question, limits: Limits, company: str | None) -> str:
	"""A name for everything that a comparison depends on, but for the facts of the moment."""
	modified = frappe.db.get_value(POLICY, question.draft.name, "modified")
	rivals = sorted(policy.name for policy in submitted_policies())
	seen = sorted((kind, sorted(names)) for kind, names in limits.items())
	parts = (question.draft.name, modified, question.day, question.when.today, rivals, seen, company)
	return "mkd_policy_impact:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def compare_in_background(policy: str, company: str | None) -> None:
	"""Compare for the user who asked, keep the result, and tell him that it is ready, or that it failed."""
	try:
		_compare_and_keep(policy, company)
	except Exception:
		failed = _("The policies could not be compared; the Error Log says why.")
		frappe.publish_realtime("msgprint", {"message": failed, "indicator": "red"}, user=frappe.session.user)
		raise
	frappe.publish_realtime(READY, {"policy": policy}, user=frappe.session.user)


# As the report itself, on the replica where the site has one.
@frappe.read_only()
def _compare_and_keep(policy: str, company: str | None) -> None:
	doc = frappe.get_doc(POLICY, policy)
	compare.check_permission(doc)
	question = compare.question_about(doc)
	affected, _unaffected = compare.concerned(question, company)
	limits, total, done, compared = compare.limits_of_reader(), compare.headcount(affected), 0, []
	for entry in affected:
		# Reading the facts takes longer than judging them, and tells nothing while it lasts.
		tell_progress(done, total)
		found = compare.compare(
			question, entry, limits, lambda count, done=done: tell_progress(done + count, total)
		)
		compared.append(found)
		done += found.impact.people
	kept: Kept = (clock.now(), compared)
	frappe.cache.set_value(key_of(question, limits, company), kept, expires_in_sec=SECONDS)
	tell_progress(total, total)


def tell_progress(done: int, total: int) -> None:
	"""Show the user how many of the people have been compared."""
	frappe.publish_realtime(
		"progress",
		{"progress": [done, total], "title": _("Comparing the Policies")},
		user=frappe.session.user,
	)
