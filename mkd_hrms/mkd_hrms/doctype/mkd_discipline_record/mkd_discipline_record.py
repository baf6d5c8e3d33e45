"""A disciplinary case under PP 94/2021. It counts from its submission on; a draft does not."""

import frappe
from frappe import _

from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.controllers.logged_reading import LoggedReading
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.booked_days import recheck

ENDED = "Ended"


class MKDDisciplineRecord(Numbered, LoggedReading, ServedDocument, JudgedRecord):
	def validate(self):
		self.validate_period()
		super().validate()

	def before_update_after_submit(self):
		self.validate_period()
		super().before_update_after_submit()

	def on_change(self):
		"""What closes MKD for a time closes the days that are approved, too, before anybody can look."""
		super().on_change()
		recheck.at_once(self)

	def validate_period(self):
		self.validate_from_to_dates("from_date", "to_date")
		if self.stage == ENDED and not self.to_date:
			frappe.throw(
				_("A case that has ended needs the date on which it ended."),
				frappe.MandatoryError,
				title=_("To Date Missing"),
			)
