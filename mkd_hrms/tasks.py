"""What the scheduler calls."""

import frappe

from mkd_hrms.services import early_warnings, endings, standing, telling


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


def tell_early_warnings():
	frappe.enqueue(
		"mkd_hrms.tasks.tell_now", queue="long", timeout=3600, job_id="mkd_early_warnings", deduplicate=True
	)


def tell_now():
	early_warnings.end_of_leavers()
	telling.tell()
