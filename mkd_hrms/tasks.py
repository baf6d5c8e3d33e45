"""What the scheduler and the queue call."""

import frappe

from mkd_hrms.constants import NIGHTLY
from mkd_hrms.services import (
	day_ends,
	early_warnings,
	endings,
	escalation,
	evaluation,
	goals,
	ladder,
	measures,
	objections,
	reevaluation,
	retention,
	telling,
)


def expire_undecided():
	endings.expire_undecided()
	endings.end_suspended()


def refresh_standings():
	evaluation.start_everywhere()


def tell_early_warnings():
	frappe.enqueue(
		"mkd_hrms.tasks.tell_now", queue="long", timeout=3600, job_id="mkd_early_warnings", deduplicate=True
	)


def tell_now():
	early_warnings.end_of_leavers()
	telling.tell()


def refresh_company(company, trigger=NIGHTLY):
	evaluation.run(company, trigger)


def evaluate_again():
	# Whoever saved has no part in what follows from it.
	frappe.set_user("Administrator")
	reevaluation.evaluate_again()


def end_days():
	"""One job per company, because it has a calendar of its own; most of the day none has a day to end."""
	for company in day_ends.companies():
		frappe.enqueue(
			"mkd_hrms.tasks.end_days_of",
			queue="long",
			timeout=3600,
			job_id=f"mkd_day_ends::{company}",
			deduplicate=True,
			company=company,
		)


def end_days_of(company):
	day_ends.end_days(company)


def escalate_unverified():
	escalation.escalate()


def mend_attendance():
	day_ends.mend()


def forget_places():
	retention.forget()


def climb_ladder():
	ladder.climb()


def follow_up_measures():
	ladder.climb(ladder.ACTED_ON_FOR)
	measures.end_over()
	objections.escalate()


def follow_goals(names):
	# What is read is no older than the lock on the goals.
	frappe.db.commit()
	goals.follow(names)
