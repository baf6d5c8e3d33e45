"""What the scheduler and the queue call.

Nothing in this file changes its name: a job that waits in a queue carries it over an upgrade.
"""

import frappe

from mkd_hrms.constants import NIGHTLY
from mkd_hrms.services import (
	classification,
	day_ends,
	early_warnings,
	endings,
	escalation,
	evaluation,
	goals,
	hr_review,
	impact_kept,
	ladder,
	measures,
	notices,
	outage_effects,
	reevaluation,
	retention,
	superseding,
	telling,
)
from mkd_hrms.services.objections import procedure


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
	procedure.escalate()


def follow_goals(names):
	# What is read is no older than the lock on the goals.
	frappe.db.commit()
	goals.follow(names)


def settle_outage(name):
	outage_effects.settle_by_worker(name)


def give_way_to_holidays(holiday_list, dates):
	superseding.give_way_to_holidays(holiday_list, dates)


def decide_requests(requests, **answer):
	hr_review.decide_in_background(requests, **answer)


def evaluate_waiting(names):
	classification.evaluate_waiting(names)


def compare_policies(policy, company):
	impact_kept.compare_in_background(policy, company)


def send_notices(alerts, snapshot, old, lang):
	notices.send(alerts, snapshot, old, lang)
