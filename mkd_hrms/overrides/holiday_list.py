"""A new holiday frees the MKD days on its date (rule W11)."""

import frappe

from mkd_hrms.services import superseding


def on_update(doc, method=None):
	dates = superseding.holidays_added(doc)
	waiting = superseding.count_used_on(dates) if dates else 0
	if waiting > superseding.AT_ONCE:
		frappe.enqueue(
			"mkd_hrms.services.superseding.give_way_to_holidays",
			queue="long",
			enqueue_after_commit=True,
			holiday_list=doc.name,
			dates=dates,
		)
	elif waiting:
		superseding.give_way_to_holidays(doc.name, dates)
