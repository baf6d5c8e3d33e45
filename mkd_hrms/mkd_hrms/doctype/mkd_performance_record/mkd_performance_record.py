"""The result of one period from TRK, e-Kinerja or by hand. The newest submitted one counts."""

from math import inf

import frappe
from frappe import _
from frappe.utils import cint, cstr, date_diff, flt

from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.facts.users import employment_of
from mkd_hrms.policy.model import PREDICATES, among
from mkd_hrms.policy.performance import top_score
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

MINUTES_OF_A_DAY = 24 * 60


class MKDPerformanceRecord(Numbered, ServedDocument, JudgedRecord, PlainNumbers):
	def before_validate(self):
		"""A predicate in other letters or with other blanks is the same word."""
		self.predicate = among(cstr(self.predicate), PREDICATES) or self.predicate

	def validate(self):
		self.validate_from_to_dates("period_start", "period_end")
		self.tell_no_score_from_zero()
		self.require_result()
		self.refuse_impossible_numbers()
		super().validate()

	def tell_no_score_from_zero(self):
		"""The database stores an empty score as 0, so a separate tick says whether there is one."""
		if self.score:
			self.has_score = 1
		if not (self.has_score and self.score):
			self.score = 0

	def refuse_impossible_numbers(self):
		"""A score beyond the scale of its source, or more minutes than its period has, was meant to be another number."""
		if self.has_score and flt(self.score) > (top := self.top_score()):
			frappe.throw(
				_("A score of {0} goes to {1}, and {2} lies above it.").format(
					_(self.source, context=self.doctype), number(top), number(flt(self.score))
				),
				title=_("Score Too High"),
			)
		if not (self.period_start and self.period_end):
			return
		days = date_diff(self.period_end, self.period_start) + 1
		if cint(self.productive_minutes) > days * MINUTES_OF_A_DAY:
			frappe.throw(
				_("{0} productive minutes are more than the {1} days of the period have.").format(
					self.productive_minutes, days
				),
				title=_("Too Many Minutes"),
			)

	def top_score(self):
		"""The top of the source's scale by the policy in force; where there is none, every score is possible."""
		company, _employed_as = employment_of(self.employee) if self.employee else (None, None)
		policy = in_force(submitted_policies(), company, clock.today())
		return top_score(policy, self.source) if policy else inf

	def require_result(self):
		if not (self.predicate or self.has_score or self.productive_minutes):
			frappe.throw(
				_("Enter a predicate, a score, or productive minutes; without any there is no result."),
				frappe.MandatoryError,
				title=_("Result Missing"),
			)


def on_doctype_update():
	frappe.db.add_index("MKD Performance Record", ["employee", "period_end"])
