"""A decision whether a position, a unit or a person may work away from the office."""

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form, getdate

from mkd_hrms.constants import DESIGNATION, PERSON, SUITABLE, UNIT
from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.standing.changes_noted import concerns_whom_it_classifies

SAYS = ("reference_doctype", "reference_name", "verdict")
LAST_DAY = "9999-12-31"
SUBJECTS = (DESIGNATION, UNIT, PERSON)
# PermenPANRB 4/2025, article 23.
CRITERIA = (
	"away_from_post",
	"no_special_room",
	"uses_ict",
	"minimal_face_to_face",
	"no_continuous_supervision",
)


class MKDSuitability(Numbered, JudgedRecord):
	def validate(self):
		self.refuse_other_subjects()
		self.validate_from_to_dates("valid_from", "valid_to")
		self.require_all_criteria()
		self.refuse_overlap()
		super().validate()

	def note_whom_it_concerns(self):
		concerns_whom_it_classifies(self)

	def refuse_other_subjects(self):
		if self.reference_doctype not in SUBJECTS:
			frappe.throw(
				_("A decision is about one of {0}, not about {1}.").format(
					", ".join(_(subject) for subject in SUBJECTS), frappe.bold(_(self.reference_doctype))
				)
			)

	def require_all_criteria(self):
		missing = [_(self.meta.get_label(field)) for field in CRITERIA if not self.get(field)]
		if self.verdict == SUITABLE and missing:
			frappe.throw(
				_("{0} is suitable only if all five criteria are met. Missing: {1}").format(
					frappe.bold(self.reference_name), ", ".join(missing)
				),
				title=_("Criteria Not Met"),
			)

	def refuse_overlap(self):
		other = self.overlapping_decision() if self.says_more() else None
		if other:
			frappe.throw(
				_("{0} already decides about {1} from {2}. Give that decision an end date first.").format(
					get_link_to_form(self.doctype, other.name),
					frappe.bold(self.reference_name),
					format_date(other.valid_from),
				),
				title=_("Overlapping Decision"),
			)

	def says_more(self):
		"""Not where a decision is only ended earlier: a merge leaves two that say the same of one subject."""
		before = self.get_doc_before_save()
		if not before or any(self.has_value_changed(field) for field in SAYS):
			return True
		until, was_until = (getdate(entry.valid_to or LAST_DAY) for entry in (self, before))
		return getdate(self.valid_from) < getdate(before.valid_from) or until > was_until

	def overlapping_decision(self):
		other = frappe.qb.DocType(self.doctype)
		same_subject = (other.reference_doctype == self.reference_doctype) & (
			other.reference_name == self.reference_name
		)
		query = (
			frappe.qb.from_(other)
			.where(same_subject & (other.name != self.name))
			.where(other.valid_to.isnull() | (other.valid_to >= self.valid_from))
			.select(other.name, other.valid_from)
			.limit(1)
		)
		if self.valid_to:
			query = query.where(other.valid_from <= self.valid_to)
		found = query.run(as_dict=True)
		return found[0] if found else None


def on_doctype_update():
	frappe.db.add_index("MKD Suitability", ["reference_doctype", "reference_name"])
