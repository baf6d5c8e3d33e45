"""What people are told of their days by circular: each once, with all of his dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from frappe import _
from frappe.utils import escape_html

from mkd_hrms.constants import DAY
from mkd_hrms.facts.ledger.days import BookedDay
from mkd_hrms.facts.people import Person
from mkd_hrms.services.collective_days.circular import Circular
from mkd_hrms.services.ledger.booking import Ordered
from mkd_hrms.services.platform.announcements import Announcement, announce_many
from mkd_hrms.services.platform.wording import day_list

CIRCULAR = "mkd_by_circular"


def tell_of_days(
	circular: Circular,
	going: Iterable[Ordered],
	written: Mapping[str, Sequence[str]],
	given_back: Mapping[str, Collection[BookedDay]],
) -> None:
	"""In the caller's transaction; only in the list of notices, for a circular is known."""
	days: dict[str, list[Ordered]] = {}
	for entry in going:
		days.setdefault(entry.person.employee, []).append(entry)
	notices = []
	for employee, names in written.items():
		own = sorted(days[employee], key=lambda entry: entry.day)
		say = partial(_say_of_days, circular, own, given_back.get(employee, ()))
		notices.append(Announcement((own[0].person.user,), DAY, names[0], say=say))
	announce_many(CIRCULAR, DAY, notices)


def _say_of_days(
	circular: Circular, own: Sequence[Ordered], given_back: Collection[BookedDay], _in_mail: bool
) -> tuple[str, str]:
	dates = day_list(entry.day for entry in own)
	subject = _("Collective MKD day on {0}, by circular {1}").format(dates, circular.number)
	text = _(
		"{0}. You work away from the office on {1} without an application, and hand in a daily report for each day. Only your superior can call you back to the office."
	).format(circular.subject, dates)
	parts = [escape_html(text)]
	if given_back:
		released = day_list(sorted(day.mkd_date for day in given_back))
		more = _(
			"The week holds no more: what you had applied for on {0} was given back, because it was not decided yet."
		)
		parts.append(escape_html(more.format(released)))
	return subject, "".join(f"<p>{part}</p>" for part in parts)


def tell_of_days_given_back(
	people: Iterable[Person], days: Mapping[str, Collection[BookedDay]], reason: str
) -> None:
	"""Each of some people learns that he works in the office on his dates, and why."""

	def say(own: Collection[BookedDay], _in_mail: bool) -> tuple[str, str]:
		dates = day_list(sorted(day.mkd_date for day in own))
		subject = _("No collective MKD day on {0}").format(dates)
		text = _("{0}. You work in the office on {1}, unless you have an MKD day of your own.")
		return subject, escape_html(text.format(reason, dates))

	notices = [
		Announcement((person.user,), DAY, min(own, key=lambda day: day.mkd_date).name, say=partial(say, own))
		for person in people
		if (own := days.get(person.employee))
	]
	announce_many(CIRCULAR, DAY, notices)
