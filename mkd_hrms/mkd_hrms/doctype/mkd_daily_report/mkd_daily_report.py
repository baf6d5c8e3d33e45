"""The report of one MKD day. The controller only says in which order the services speak."""

import frappe
from frappe import _

from mkd_hrms.constants import CANCELLED, DAILY_REPORT, DRAFT, SUBMITTED
from mkd_hrms.controllers.asks_by_mail import AsksByMail
from mkd_hrms.controllers.attached_files import AttachedFiles
from mkd_hrms.controllers.numbered_last import NumberedLast
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.facts.users import user_of
from mkd_hrms.services.daily_reports import actors, content, evidence_files, handing_in, states
from mkd_hrms.services.daily_reports.case import ReportCase
from mkd_hrms.services.letters import of_report, periods
from mkd_hrms.services.performance import goal_progress
from mkd_hrms.services.platform import attached_files
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import MoveNotAllowed, state_of


class MKDDailyReport(ServedDocument, AsksByMail, NumberedLast, AttachedFiles, PlainNumbers):
	ACTORS = actors

	def onload(self):
		"""What the form shows and offers; the server decides again."""
		user = frappe.session.user
		may_verify = actors.may_verify(self, user)
		self.set_onload("may_verify", may_verify)
		self.set_onload("may_write", actors.may_write(self, user))
		self.set_onload("plan", content.plan_of(self.mkd_day))
		if may_verify and self.status in states.WAITING:
			attached_files.tell_changed(self)

	@property
	def case(self) -> ReportCase:
		"""The report as this save looks at it; read once."""
		if not (self.flags.case and self.flags.case.fits(self)):
			self.flags.case = ReportCase(self)
		return self.flags.case

	def before_validate(self):
		self.flags.case = None
		self.employee_user = user_of(self.employee)
		if self.flags.by_the_clock:
			return
		states.restore_computed(self)
		if self.docstatus.is_submitted():
			states.enter(self, SUBMITTED)

	def validate(self):
		if not self.flags.by_the_clock:
			handing_in.check(self)

	def before_submit(self):
		handing_in.hand_in(self)

	def run_post_save_methods(self):
		super().run_post_save_methods()
		# The next save is another moment, and so is the form that is shown.
		self.flags.case = None

	def on_update(self):
		evidence_files.attach(self)
		open_actions.settle(self)

	def on_submit(self):
		handing_in.attach(self)

	def before_update_after_submit(self):
		states.restore_computed(self)
		handing_in.after_handing_in(self)

	def on_update_after_submit(self):
		evidence_files.attach(self)
		open_actions.settle(self)

	def before_cancel(self):
		handing_in.check_withdrawal(self)
		self.status, self.workflow_state = CANCELLED, state_of(CANCELLED, DAILY_REPORT)

	def on_cancel(self):
		handing_in.detach(self)

	def on_change(self):
		goal_progress.report_changed(self)
		before = self.get_doc_before_save()
		if before and before.status in of_report.DECIDED and self.status != before.status:
			periods.revoke_sheets_with(self)

	def letter(self):
		"""For a Print Format; the reader's permission is asked anew."""
		return of_report.letter_of(self.name)

	def on_trash(self):
		if self.status != DRAFT:
			frappe.throw(
				_("Report {0} is on record and cannot be deleted.").format(self.name), MoveNotAllowed
			)


def on_doctype_update():
	frappe.db.create_sequence("MKD Daily Report", check_not_exists=True)
