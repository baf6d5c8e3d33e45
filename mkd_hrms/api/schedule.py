"""The schedule, for a system that reads it by itself."""

from __future__ import annotations

import json

from werkzeug.wrappers import Response

import frappe

from mkd_hrms.permissions import schedule as schedule_readers
from mkd_hrms.services.ledger import schedule
from mkd_hrms.services.platform import pace
from mkd_hrms.services.platform.statuses import refuse_other_than_texts


@frappe.whitelist(methods=["GET"])
def pull_schedule(
	company: str = "",
	from_date: str = "",
	to_date: str = "",
	unit: str | None = None,
	after: str | None = None,
	limit: str = "500",
) -> Response:
	"""Who works away from a date to a date, for another system: NIP, date, mode and unit, a page at a time."""
	user = frappe.session.user
	pace.keep("schedule pull", times=600, seconds=3600)
	refuse_other_than_texts(company=company, unit=unit or "", after=after or "")
	schedule_readers.refuse_stranger(user, company, unit)
	asked = schedule.asked(company, unit, from_date, to_date)
	page = {"company": company, "unit": asked.unit}
	page |= {"from_date": str(asked.since), "to_date": str(asked.until)}
	page |= schedule.page(asked, after, limit, user)
	answer = Response(json.dumps({"message": page}), content_type="application/json")
	# Whoever has the page already is told that it is the same, and not the page.
	answer.headers["Cache-Control"] = "private, no-cache"
	answer.add_etag()
	return answer.make_conditional(frappe.request)
