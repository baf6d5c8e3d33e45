"""Tells the employee and his superior of what has come near, once (rule D10), in one message to each a day.

The rows are the record of who was told. A message and the stamp that says so are one transaction: a job that is
killed has told whom it has stamped, and the next one goes on with the others. The employee reads the numbers, the
clause and what he can do; the superior reads the names of the gates (rule P3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import frappe
from frappe import _
from frappe.utils import format_date, get_url_to_list

from mkd_hrms.constants import EARLY_WARNING, OPEN
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.early_warnings import read_untold_warnings
from mkd_hrms.policy import sentences
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform import announcements
from mkd_hrms.services.platform.announcements import Announcement
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.standing.early_warnings import warning_of

# So many users are told in one transaction.
AT_ONCE = 100
TEMPLATE = "mkd_hrms/templates/emails/mkd_early_warning.html"
NEAR = "mkd_near"
# The stamp of the employee and that of his superior.
OWN, TEAM = "told_on", "superior_told_on"


@dataclass
class Untold:
	"""The names of the rows that a user has not been told of: those about himself, and about his people."""

	own: list[str] = field(default_factory=list)
	team: list[str] = field(default_factory=list)


def tell() -> int:
	"""Tell everybody of the open warnings that he has not been told of. Returns the number of messages."""
	# What is switched off is noted as told to nobody.
	if not announcements.is_on(NEAR, EARLY_WARNING):
		return 0
	untold, told = sorted(_untold().items()), 0
	for start in range(0, len(untold), AT_ONCE):
		# What follows reads anew: another job may have told some of it meanwhile.
		frappe.db.commit()
		told += sum(in_sets(untold[start : start + AT_ONCE], _tell_all, _about))
	return told


def _about(entry: tuple[str, Untold]) -> tuple[str, str, str]:
	user, _names = entry
	return f"MKD: {user} could not be told of an early warning", "User", user


def _untold() -> Mapping[str, Untold]:
	"""By user. A superior is told as long as he is active; nobody is told about himself as a superior."""
	untold: Mapping[str, Untold] = defaultdict(Untold)
	for row in read_untold_warnings(SiteDatabase()):
		if row.user and not row.told:
			untold[row.user].own.append(row.name)
		if row.superiors_user and not row.superior_told and row.superiors_user != row.user:
			untold[row.superiors_user].team.append(row.name)
	return untold


def _tell_all(untold: Collection[tuple[str, Untold]]) -> int:
	own = _claim([name for _user, names in untold for name in names.own], OWN)
	team = _claim([name for _user, names in untold for name in names.team], TEAM)
	messages = []
	for user, names in untold:
		about_him, about_his = _named(own, names.own), _named(team, names.team)
		if about_him or about_his:
			say = partial(_message, about_him, about_his)
			messages.append(Announcement((user,), EARLY_WARNING, None, say=say))
	return announcements.announce_many(NEAR, EARLY_WARNING, messages)


def _named(rows: Iterable[frappe._dict], names: Collection[str]) -> list[frappe._dict]:
	wanted = set(names)
	return [row for row in rows if row.name in wanted]


def _claim(names: list[str], stamp: str) -> list[frappe._dict]:
	"""Lock the rows and stamp them; what another job has stamped before, or what has ended, is left out."""
	if not names:
		return []
	warning = frappe.qb.DocType(EARLY_WARNING)
	rows = (
		frappe.qb.from_(warning)
		.select("*")
		.where(warning.name.isin(names) & (warning.status == OPEN) & warning[stamp].isnull())
		.orderby(warning.employee_name)
		.orderby(warning.gate)
		.for_update()
		.run(as_dict=True)
	)
	if rows:
		# Being told is no change of what was found.
		names = [row.name for row in rows]
		frappe.db.set_value(EARLY_WARNING, {"name": ("in", names)}, stamp, clock.now(), update_modified=False)
	return rows


def _message(own: Iterable[frappe._dict], team: Iterable[frappe._dict], in_mail: bool) -> tuple[str, str]:
	subject = _("Early warning about your MKD") if own else _("Early warning about people who report to you")
	context = {
		"own": [
			{
				"gate": _gate(row),
				"sentence": sentences.warning_sentence(warning_of(row), _, format_date, number),
				"next_step": sentences.advice(warning_of(row), _, format_date, number),
			}
			for row in own
		],
		"team": _by_person(team),
		"address": get_url_to_list(EARLY_WARNING),
		"in_mail": in_mail,
	}
	return subject, frappe.render_template(TEMPLATE, context)


def _by_person(rows: Iterable[frappe._dict]) -> list[dict]:
	"""The names of the gates only: neither a number nor a reason leaves this function (rule P3)."""
	gates: Mapping[tuple, list[str]] = defaultdict(list)
	for row in rows:
		gates[row.employee, row.employee_name].append(_gate(row))
	return [{"person": name, "gates": ", ".join(found)} for (_employee, name), found in gates.items()]


def _gate(row: frappe._dict) -> str:
	return _(row.gate, context="MKD Policy Gate")
