"""What is told where a unit has no room: which unit and date, which number by which clause, who is away, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import frappe
from frappe import _
from frappe.utils import escape_html, format_date

from mkd_hrms.facts.people import Person
from mkd_hrms.judging.coverage import SERVICE_POINT, Look
from mkd_hrms.policy.coverage import Bound, Where

# More names, and more dates of a pattern, say no more.
NAMED, LINES = 20, 10


def hint_text(looks: Iterable[Look], applicant: Person) -> str:
	"""For the applicant, who learns of his colleagues only where they are (rule P3)."""
	advice = _(
		"Your application goes its way. It can be approved once somebody gives a day back; or withdraw it and apply for other dates."
	)
	return _text(looks, applicant, advice, _as_a_colleague_sees_it)


def refusal_text(looks: Iterable[Look], applicant: Person) -> str:
	"""For whoever decides: nothing is approved."""
	advice = _(
		"Nothing was approved. Ask the employee to withdraw the request and to apply for other dates, call somebody else of the unit back to the office, or wait until a day is given back."
	)
	return _text(looks, applicant, advice, _as_a_superior_sees_it)


def no_unit_text(applicant: Person) -> str:
	"""Nobody is refused for what is not known."""
	return _(
		"No unit is recorded for {0}, so it is not known how many of it are away, and he is counted in none (W5). The application goes its way. Ask HR to enter the Department of the Employee record."
	).format(frappe.bold(escape_html(applicant.employee_name or "")))


def tell_superior_text(looks: Iterable[Look], applicant: Person) -> str:
	"""For the superior before HR: he is not stopped, and knows what HR will be told."""
	advice = _(
		"Your approval goes on to HR, who can approve only what has room by then. Have a day given back before, or ask the employee to apply for other dates."
	)
	return _text(looks, applicant, advice, _as_a_superior_sees_it)


def swap_text(looks: Iterable[Look], taker: Person) -> str:
	"""For whoever decides about a swap: nothing is changed."""
	advice = _(
		"Nothing was changed. Reject the swap, so that they can ask somebody who is not needed there, or call somebody else back to the office."
	)
	return _text(looks, taker, advice, _as_a_superior_sees_it)


def _text(looks: Iterable[Look], applicant: Person, advice: str, word: Callable[[Where], str]) -> str:
	entries = sorted(looks, key=lambda look: (look.day, look.group.title))
	lines = [_line(look, applicant, word) for look in entries[:LINES]]
	if more := len(entries) - len(lines):
		lines.append(_("and {0} more").format(more))
	return "<br>".join([*lines, advice])


def _line(look: Look, applicant: Person, word: Callable[[Where], str]) -> str:
	away = [
		_("{0} ({1})").format(escape_html(colleague.record.employee_name or ""), word(where))
		for colleague, where in look.away()
		if colleague.record.person != applicant.person
	]
	sentences = [_of_the_limit(look)]
	if away:
		more = len(away) - NAMED
		names = ", ".join(away[:NAMED]) + (" " + _("and {0} more").format(more) if more > 0 else "")
		sentences.append(_("Away: {0}.").format(names))
	if look.there.pending:
		sentences.append(_("Others who have applied for this date: {0}.").format(look.there.pending))
	return " ".join(sentences)


def _of_the_limit(look: Look) -> str:
	there, room, limits = look.there, look.room, look.group.limits
	name, day = frappe.bold(escape_html(_title(look))), format_date(look.day)
	if room.bound is Bound.ONLY_ONE:
		return _("{0}, {1}: nobody else of the unit is in service, and the only person stays ({2}).").format(
			name, day, escape_html(limits.minimum_source)
		)
	if room.bound is Bound.CAP:
		return _("{0}, {1}: at most {2} of {3} people may work away ({4}), and {5} do already.").format(
			name, day, room.cap, there.headcount, escape_html(limits.cap_source), there.mkd
		)
	return _("{0}, {1}: at least {2} of {3} people must be in the office ({4}), and only {5} are.").format(
		name, day, room.minimum, there.headcount, escape_html(limits.minimum_source), there.on_site
	)


def _title(look: Look) -> str:
	group = look.group
	if group.kind == SERVICE_POINT:
		return _("Service point {0}").format(group.title)
	return _("{0} with all units below").format(group.title) if group.together else group.title


def _as_a_colleague_sees_it(where: Where) -> str:
	return _("MKD") if where is Where.MKD else _("leave or duty elsewhere")


def _as_a_superior_sees_it(where: Where) -> str:
	words = {Where.MKD: _("MKD"), Where.LEAVE: _("leave"), Where.TRIP: _("trip, duty or training")}
	return words[where]
