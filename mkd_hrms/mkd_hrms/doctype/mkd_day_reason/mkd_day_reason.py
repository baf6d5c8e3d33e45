"""What somebody wrote when he took a day back, confirmed an absence or excused it. Named like its MKD Day.

It stands apart from the day, because whoever stands above an employee may list his days, and a column of a table that
one may list can be read in disguise (inside an SQL function, or by filtering on it) whatever its permission level says.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument


class MKDDayReason(ServedDocument, Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		frappe.throw(
			_("MKD days are kept by the system. Change the request they come from instead."),
			frappe.PermissionError,
			title=_("Not Editable"),
		)
