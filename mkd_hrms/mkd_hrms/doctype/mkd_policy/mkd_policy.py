"""All numbers of MKD from one date on, for one company or for all. Submitted, it is in force."""

from collections import Counter
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form, getdate

from mkd_hrms.constants import REQUEST
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.policy.model import FIRST_BOX, LAST_BOX, Gate
from mkd_hrms.policy.packs import CLAUSES, PARAMETERS
from mkd_hrms.policy.questions import NUMBERS, QUESTIONS
from mkd_hrms.policy.talent import boxes_in, written
from mkd_hrms.services.policies import versions
from mkd_hrms.services.policies.in_force import clear_cache
from mkd_hrms.services.standing.changes_noted import concerns_companies_of_policy

DAYS_OF_WEEK = 7
DAYS_A_WEEK = ("weekly_limit", "legal_ceiling", "min_office_days")
PERCENTAGES = ("unit_cap_percent", "min_on_site_percent", "max_unknown_percent")


class MKDPolicy(PlainNumbers):
	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		# No company means all of them; Frappe would fill in the site's default company.
		self.dont_update_if_missing.append("company")

	def onload(self):
		"""What the form says beside the numbers: what each gate asks, and where this version stands among the others."""
		self.set_onload("gates", [gate_on_form(gate) for gate in Gate])
		self.set_onload("replaces", versions.replaced_by(self))
		self.set_onload("next_version", versions.next_of(self))

	def validate(self):
		self.refuse_repeated_rows()
		self.refuse_impossible_numbers()
		self.refuse_reversed_scores()
		self.refuse_impossible_hours()
		self.refuse_impossible_boxes()
		self.refuse_endless_measures()

	def before_save(self):
		self.warn_of_unchanged_sources(self.get_doc_before_save() or self.replaced_policy())

	def before_submit(self):
		self.refuse_incomplete()
		self.warn_of_unchanged_sources(self.replaced_policy())
		self.warn_when_decisions_were_made()

	def on_submit(self):
		clear_cache()
		concerns_companies_of_policy(self)

	def refuse_unusable(self):
		"""What submitting would refuse, for a look ahead at a draft that stays one."""
		self.validate()
		self.refuse_incomplete()

	def refuse_incomplete(self):
		self.require_values()
		self.require_sources()
		self.refuse_second_policy_of_the_day()

	def before_update_after_submit(self):
		self.refuse_when_used()

	def before_cancel(self):
		self.refuse_when_used()

	def on_cancel(self):
		clear_cache()
		concerns_companies_of_policy(self)

	def on_update_after_submit(self):
		concerns_companies_of_policy(self)

	def refuse_repeated_rows(self):
		self.refuse_repeated(_("Gate {0} is listed twice."), [row.gate for row in self.gates])
		tiers = [f"{_(row.predicate)}, {row.max_absences}" for row in self.tiers]
		self.refuse_repeated(_("The personal limit for {0} absences is listed twice."), tiers)

	def refuse_repeated(self, message, entries):
		for entry, count in Counter(entries).items():
			if count > 1:
				frappe.throw(message.format(frappe.bold(entry)), title=_("Duplicate Row"))

	def refuse_impossible_numbers(self):
		limits = [(self.meta.get_label(field), self.get(field), DAYS_OF_WEEK) for field in DAYS_A_WEEK]
		limits += [(self.meta.get_label(field), self.get(field), 100) for field in PERCENTAGES]
		limits += [
			(_("Row {0}: Days a Week").format(row.idx), row.weekly_limit, DAYS_OF_WEEK) for row in self.tiers
		]
		for label, value, most in limits:
			if (value or 0) > most:
				frappe.throw(_("{0} cannot be more than {1}.").format(frappe.bold(_(label)), most))

	def refuse_reversed_scores(self):
		for row in self.predicates:
			if row.max_score and row.max_score < row.min_score:
				frappe.throw(
					_("Row {0}: the score range of {1} ends before it begins.").format(
						row.idx, _(row.predicate)
					)
				)

	def refuse_impossible_hours(self):
		for row in self.working_hours:
			if row.to_date and getdate(row.to_date) < getdate(row.from_date):
				frappe.throw(_("Row {0}: the working hours end before they begin.").format(row.idx))
			if not 0 < row.working_days <= DAYS_OF_WEEK:
				frappe.throw(_("Row {0}: a week has one to seven working days.").format(row.idx))

	def refuse_impossible_boxes(self):
		"""The talent map has nine boxes. Stored in their order, the same boxes are the same text."""
		try:
			self.talent_boxes = written(boxes_in(self.talent_boxes or ""))
		except ValueError:
			frappe.throw(
				_("{0}: enter boxes from {1} to {2}, each once and with a comma between them.").format(
					frappe.bold(_("Talent Boxes", context=self.doctype)), FIRST_BOX, LAST_BOX
				),
				title=_("No Such Box"),
			)

	def refuse_endless_measures(self):
		"""A step needs an event that can be counted, and a measure that ends."""
		self.refuse_repeated(_("Step {0} of the ladder is listed twice."), [row.step for row in self.ladder])
		for row in self.ladder:
			if min(row.step, row.times, row.within_days) < 1 or not (row.days or row.months):
				frappe.throw(
					_(
						"Row {0}: a step of the ladder needs its number, times, days within, and a length."
					).format(row.idx)
				)

	def require_values(self):
		"""A time or a word that is left empty is no number 0, and nobody could be judged by it."""
		empty = [
			_(field.label, context=self.doctype)
			for field in self.meta.fields
			if field.fieldname in PARAMETERS
			and field.fieldtype in ("Time", "Select", "Data")
			and not self.get(field.fieldname)
			and self.get(field.fieldname) != timedelta()
		]
		if empty:
			frappe.throw(_("Fill in: {0}.").format(", ".join(empty)), title=_("Numbers Missing"))

	def require_sources(self):
		"""Every number that a decision may name needs its clause, or the decision could not be explained."""
		named = {row.parameter for row in self.sources if row.source and row.unit}
		missing = [name for name in (*PARAMETERS, *CLAUSES) if name not in named]
		if missing:
			frappe.throw(
				_("Name the unit and the source of: {0}.").format(", ".join(missing)),
				title=_("Sources Missing"),
			)

	def refuse_second_policy_of_the_day(self):
		other = frappe.db.get_value(
			self.doctype,
			{
				"docstatus": 1,
				"effective_from": self.effective_from,
				"company": self.company or ("is", "not set"),
				"name": ("!=", self.name),
			},
		)
		if other:
			frappe.throw(
				_("{0} is already in force from {1}.").format(
					get_link_to_form(self.doctype, other), format_date(self.effective_from)
				),
				title=_("Two Policies for One Day"),
			)

	def warn_when_decisions_were_made(self):
		"""Past decisions keep the policy they were made with, which may surprise whoever back-dates one."""
		if getdate(self.effective_from) > getdate():
			return
		used = frappe.db.exists(self.doctype, {"docstatus": 1, "first_used_on": ("is", "set")})
		if used:
			frappe.msgprint(
				_(
					"This policy begins in the past. Decisions already made keep the policy they were made with."
				),
				title=_("Please Note"),
				indicator="orange",
			)

	def replaced_policy(self):
		name = versions.replaced_by(self)
		return frappe.get_doc(self.doctype, name) if name else None

	def warn_of_unchanged_sources(self, before):
		"""The clause may allow the new number as well, so it is no reason to refuse; but somebody has to look."""
		changed = versions.changed_without_source(before, self) if before else []
		if changed:
			labels = ", ".join(_(self.meta.get_label(name), context=self.doctype) for name in changed)
			frappe.msgprint(
				_(
					"Changed against {0} without another source: {1}. See whether the clause still says so."
				).format(frappe.bold(frappe.utils.escape_html(before.name)), labels),
				title=_("Sources Not Changed"),
				indicator="orange",
			)

	def refuse_when_used(self):
		# Read under lock: a decision that uses the policy may be in progress.
		used_on = frappe.db.get_value(self.doctype, self.name, "first_used_on", for_update=True)
		# The note follows the decision by a moment; the decision itself is there at once.
		used_on = used_on or frappe.db.get_value(REQUEST, {"policy": self.name}, "creation")
		if used_on:
			frappe.throw(
				_(
					"This policy has decided applications since {0}; duplicate it with a later date instead."
				).format(format_date(used_on)),
				title=_("Policy in Use"),
			)


def gate_on_form(gate):
	"""A gate as the form shows it, in the reader's language, and the entries of the policy on which it rests."""
	return {
		"gate": gate.value,
		"label": _(gate.value, context="MKD Policy Gate"),
		"asks": _(QUESTIONS[gate]),
		"numbers": NUMBERS[gate],
	}
