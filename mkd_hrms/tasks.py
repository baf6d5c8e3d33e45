"""What the scheduler and the queue call.

Nothing in this file changes its name: a job that waits in a queue carries it over an upgrade.
"""

import frappe

from mkd_hrms.constants import NIGHTLY
from mkd_hrms.services.booked_days import new_calendars, office_days, superseding, withdrawal
from mkd_hrms.services.collective_days import processing
from mkd_hrms.services.daily_reports import escalation
from mkd_hrms.services.day import due_shares, end_of_day, outage_effects, reminders
from mkd_hrms.services.discipline import ladder, measures
from mkd_hrms.services.evaluation import after_changes, runs
from mkd_hrms.services.exports import keeping
from mkd_hrms.services.exports import writing as exporting
from mkd_hrms.services.impact import cached
from mkd_hrms.services.imports import applying
from mkd_hrms.services.objections import procedure
from mkd_hrms.services.performance import goal_progress
from mkd_hrms.services.platform import action_mail, deferred_notifications, many_at_once, notify
from mkd_hrms.services.privacy import retention
from mkd_hrms.services.requests import delegates, hr_review, recurrence, role_classification
from mkd_hrms.services.requests import escalation as requests_escalation
from mkd_hrms.services.standing import early_warning_messages, early_warnings
from mkd_hrms.services.swaps import procedure as swaps
from mkd_hrms.services.units import waiting_list


def expire_undecided():
	withdrawal.expire_undecided()
	withdrawal.end_suspended()
	requests_escalation.escalate()
	swaps.end_open()
	waiting_list.offer()
	applying.start_unfinished()
	exporting.start_unfinished()
	# Last: nothing waits for a notice.
	delegates.tell_of_what_waits()


def follow_patterns():
	frappe.enqueue(
		"mkd_hrms.tasks.make_pattern_days",
		queue="long",
		timeout=7200,
		job_id="mkd_pattern_days",
		deduplicate=True,
	)


def make_pattern_days():
	recurrence.make_days()


def refresh_standings():
	runs.start_everywhere()


def tell_early_warnings():
	frappe.enqueue(
		"mkd_hrms.tasks.tell_now", queue="long", timeout=3600, job_id="mkd_early_warnings", deduplicate=True
	)


def tell_now():
	early_warnings.end_of_leavers()
	early_warning_messages.tell()


def refresh_company(company, trigger=NIGHTLY):
	runs.run(company, trigger)


def refresh_share(company, run, number):
	runs.run_share(company, run, number)


def evaluate_again():
	# Whoever saved has no part in what follows from it.
	frappe.set_user("Administrator")
	after_changes.evaluate_again()


def end_days():
	"""One job per company, because it has a calendar of its own; most of the day none has a day to end.

	Where many are due, several workers share them.
	"""
	for company in end_of_day.companies():
		for share in due_shares.shares_of(company):
			frappe.enqueue(
				"mkd_hrms.tasks.end_days_of",
				queue="long",
				timeout=3600,
				job_id=due_shares.job_of(company, share),
				deduplicate=True,
				company=company,
				share=share,
			)


def end_days_of(company, share=None):
	end_of_day.end_days(company, share)


def escalate_unverified():
	escalation.escalate()


def offer_places():
	waiting_list.offer()


def mend_attendance():
	end_of_day.mend()


def forget_places():
	retention.forget()
	keeping.remove_old()


def climb_ladder():
	ladder.climb()


def remind_of_reports():
	frappe.enqueue(
		"mkd_hrms.tasks.remind_now",
		queue="long",
		timeout=3600,
		job_id="mkd_report_reminders",
		deduplicate=True,
	)


def remind_now():
	reminders.remind()


def follow_up_measures():
	ladder.climb(ladder.ACTED_ON_FOR)
	measures.end_over()
	procedure.escalate()


def follow_goals(names):
	# What is read is no older than the lock on the goals.
	frappe.db.commit()
	goal_progress.follow(names)


def book_collective_days():
	processing.start_all()


def book_collective_day(name):
	# Whoever submitted the circular has no part in what follows from it.
	frappe.set_user("Administrator")
	processing.run(name)


def work_on_import(name):
	applying.work(name)


def write_export(name):
	exporting.work(name)


def settle_outage(name):
	outage_effects.settle_by_worker(name)


def give_way_to_holidays(holiday_list, dates):
	superseding.give_way_to_holidays(holiday_list, dates)


def give_way_to_office_day(name_of):
	office_days.give_way_by_worker(name_of)


def follow_calendars(employee=None, company=None):
	new_calendars.give_way(employee, company)


def decide_requests(requests, **answer):
	hr_review.decide_in_background(requests, **answer)


def evaluate_waiting(names):
	role_classification.evaluate_waiting(names)


def compare_policies(policy, company):
	cached.compare_in_background(policy, company)


def ask_by_mail(doctype, name, state):
	action_mail.send(frappe.get_doc(doctype, name), state)


def send_notices(alerts, snapshot, old, lang):
	deferred_notifications.send(alerts, snapshot, old, lang)


def send_notices_of_many(alerts, snapshots, old, lang):
	deferred_notifications.send_of_many(alerts, snapshots, old, lang)


def send_mails(mails):
	notify.send_mails(mails)


def decide_many(doctype, names, action):
	many_at_once.decide(doctype, names, action)
