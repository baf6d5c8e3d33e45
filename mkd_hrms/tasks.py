"""What the scheduler calls."""

import frappe

from mkd_hrms.services import day_ends, endings, standing


def expire_undecided():
	endings.expire_undecided()


def refresh_standings():
	"""One job per company, so that workers on any number of hosts share the agencies."""
	for company in standing.companies():
		frappe.enqueue(
			"mkd_hrms.tasks.refresh_company",
			queue="long",
			timeout=3600,
			job_id=f"mkd_standing::{company}",
			deduplicate=True,
			company=company,
		)


def refresh_company(company):
	standing.refresh(company)


def end_days():
	"""One job per company, as above; most of the day none has a day to end."""
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


def mend_attendance():
	day_ends.mend()
