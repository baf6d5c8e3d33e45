"""A measure against somebody, a warning or a suspension: given, objected against, lifted, annulled, over (rule D8).

The dates of a measure are never edited. Lifting it early and annulling it are records of their own, with who, when
and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now

from mkd_hrms.constants import (
	ANNULLED,
	DRAFT,
	ENDED,
	HR_MANAGER,
	IN_FORCE,
	LIFTED,
	MEASURES,
	OFFICER,
	PERSON,
	SUSPENSION,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_records_of_user
from mkd_hrms.facts.users import user_of
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people import person
from mkd_hrms.services.people.assignments import close_referrals
from mkd_hrms.services.platform.announcements import Announcement, announce, announce_many
from mkd_hrms.services.platform.listeners import CHANGED, SUBMITTED, is_heard, value_notices
from mkd_hrms.services.platform.numbers import next_in_series
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.platform.wording import as_text
from mkd_hrms.services.policies.deadlines import objection_until
from mkd_hrms.services.standing import changes_noted
from mkd_hrms.services.workflow.states import MoveNotAllowed

# What the services write. Nobody else's value counts.
COMPUTED = (
	"status objection_until lifted_on lifted_by lift_reason annulled_on annulled_by annul_reason policy step clause"
	" source_events events_key"
).split()
# So many measures end in one transaction.
AT_ONCE = 100
# What the Notifications of both DocTypes are asked for by.
GIVEN, ENDS = "mkd_given", "mkd_ended"
LIFTS = frozenset((OFFICER, HR_MANAGER))


def restore_computed(measure: Document) -> None:
	"""Put back what only the services write, whatever the caller sent."""
	if measure.flags.from_ladder:
		return
	before = measure.get_doc_before_save()
	for name in COMPUTED:
		if measure.meta.has_field(name):
			measure.set(name, before.get(name) if before else None)
	measure.status = measure.status or DRAFT


def name_user(measure: Document) -> None:
	"""Whom it is told: his user may stand on another Employee record of his by now."""
	measure.employee_user = user_of(measure.employee)


def give(measure: Document) -> None:
	"""From its submission on a measure stands, and the employee may object."""
	measure.status, measure.objection_until = IN_FORCE, objection_until(measure)


def give_all(measures: Sequence[Document]) -> None:
	"""Give new measures of the ladder, of one DocType: as `submit` leaves each of them, with its notice, all at once.

	Raises PermissionError for somebody's own.
	"""
	if not measures:
		return
	doctype, user = measures[0].doctype, frappe.session.user
	if is_heard(doctype, SUBMITTED):
		for measure in measures:
			# Stored as given, in one save.
			measure.submit()
		return
	judges = bool(read_records_of_user(SiteDatabase(), user))
	for name, measure in zip(next_in_series(measures), measures, strict=True):
		if judges:
			person.refuse(measure)
		give(measure)
		measure.update({"name": name, "docstatus": 1, "owner": user, "modified_by": user})
		measure.creation = measure.modified = now()
	columns = measures[0].meta.get_valid_columns()
	frappe.db.bulk_insert(doctype, columns, [_row(measure, columns) for measure in measures])
	announce_many(GIVEN, doctype, map(_about_him, measures))
	for measure in measures:
		measure.flags.in_insert = True
		measure.run_method("on_change")


def _row(measure: Document, columns: Sequence[str]) -> tuple:
	values = measure.get_valid_dict(ignore_virtual=True)
	return tuple(values.get(column) for column in columns)


def told(measure: Document) -> None:
	"""The employee learns what he was given, why, until when, and how to object."""
	announce(GIVEN, measure.doctype, _about_him(measure))


def _about_him(measure: Document, **values) -> Announcement:
	told = {"doc": measure, **values}
	return Announcement((measure.employee_user,), measure.doctype, measure.name, told)


def name_of(measure: Document) -> str:
	"""Warning, Suspension or Revocation, in the language of the moment."""
	return _(measure.get("measure") or "Warning", context="MKD Policy Step")


def lift(name: str, reason: str) -> dict:
	"""End a suspension from today on. HR does, with a reason, and nobody for himself.

	Raises PermissionError, MoveNotAllowed, or MandatoryError without a reason.
	"""
	opened(SUSPENSION, name).check_permission("submit")
	measure = frappe.get_doc(SUSPENSION, name, for_update=True)
	if LIFTS.isdisjoint(frappe.get_roles()):
		frappe.throw(_("An MKD Officer or an HR Manager lifts a suspension."), frappe.PermissionError)
	person.refuse(measure)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	if measure.docstatus != 1 or measure.status != IN_FORCE:
		frappe.throw(_("Only a suspension in force is lifted."), MoveNotAllowed)
	today = clock.today()
	values = {"status": LIFTED, "lifted_on": today, "lifted_by": frappe.session.user}
	# Who gave it is read from `modified_by`, and takes no part in deciding an objection.
	measure.db_set({**values, "lift_reason": as_text(reason)}, update_modified=False)
	measure.add_comment("Info", _("Lifted: {0}").format(frappe.utils.escape_html(reason.strip())))
	_tell_end([measure], reason.strip())
	return {"name": measure.name, "status": measure.status, "lifted_on": str(today)}


def annul(measure: Document, reason: str, frees_events: bool = False) -> None:
	"""A measure falls as if it had never been given, and its record says why.

	`frees_events`: what it answered is open again, because part of that is no longer on record. Otherwise what it
	answered stays answered: nobody is given twice what was found to be wrong.
	"""
	measure.flags.annul_reason, measure.flags.frees_events = reason, frees_events
	measure.flags.ignore_permissions = measure.flags.ignore_links = True
	measure.cancel()


def note_annulment(measure: Document) -> None:
	"""Called before a measure is cancelled, by whomever."""
	measure.status = ANNULLED
	measure.annulled_on, measure.annulled_by = clock.now(), frappe.session.user
	measure.annul_reason = measure.flags.annul_reason or _("Cancelled by HR.")
	if measure.flags.frees_events:
		measure.events_key = None


def tell_annulment(measure: Document) -> None:
	"""The employee learns that a measure fell, and HR is asked about it no more."""
	close_referrals(measure)
	_tell_end([measure], measure.annul_reason)


def _tell_end(ended: Iterable[Document], reason: str) -> None:
	by_doctype: dict[str, list[Announcement]] = {}
	for measure in ended:
		by_doctype.setdefault(measure.doctype, []).append(_notice_of_end(measure, reason))
	for doctype, announcements in by_doctype.items():
		announce_many(ENDS, doctype, announcements)


def _notice_of_end(measure: Document, reason: str) -> Announcement:
	return _about_him(measure, kind=partial(name_of, measure), reason=reason)


def end_over() -> int:
	"""The day after its last one, a measure is over: the employee is told, and evaluated again. Once.

	Returns for how many that was done.
	"""
	count = 0
	for doctype in MEASURES:
		over = {"docstatus": 1, "status": IN_FORCE, "to_date": ("<", clock.today())}
		names = frappe.get_all(doctype, over, pluck="name", order_by="name")
		for start in range(0, len(names), AT_ONCE):
			# What is read of the measures is no older than their locks.
			frappe.db.commit()
			chunk = names[start : start + AT_ONCE]
			count += sum(in_sets(chunk, partial(_end, doctype), partial(_about, doctype)))
	return count


def _about(doctype: str, name: str) -> tuple[str, str, str]:
	return f"MKD: {name} could not end", doctype, name


def _end(doctype: str, names: Collection[str]) -> int:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select("*").where(table.name.isin(names)).orderby(table.name)
	found = [row for row in query.for_update().run(as_dict=True) if row.status in (IN_FORCE, "", None)]
	ending = [frappe.get_doc({**row, "doctype": doctype}) for row in found]
	_write_end(doctype, ending)
	if doctype == SUSPENSION:
		changes_noted.concerns(PERSON, *(measure.employee for measure in ending))
		yesterday = clock.today() - timedelta(days=1)
		said = _("It is over. Whether you may work away is checked again now.")
		_tell_end((measure for measure in ending if getdate(measure.to_date) == yesterday), said)
	return len(names)


def _write_end(doctype: str, ending: Collection[Document]) -> None:
	"""At once, unless somebody listens when a measure changes. Who gave it is read from `modified_by`."""
	if is_heard(doctype, CHANGED) or value_notices(doctype, ("status",)):
		for measure in ending:
			measure.db_set("status", ENDED, update_modified=False)
	elif ending:
		table, names = frappe.qb.DocType(doctype), [measure.name for measure in ending]
		frappe.qb.update(table).set(table.status, ENDED).where(table.name.isin(names)).run()
		for measure in ending:
			measure._doc_before_save = frappe.get_doc(measure.as_dict())
			measure.status = ENDED
			measure.run_method("on_change")
