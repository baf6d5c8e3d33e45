"""A row of a request: one planned activity, and the output that is to come of it."""

from frappe.model.document import Document

from mkd_hrms.services.requests.states import refuse_row_alone


class MKDWorkPlanItem(Document):
	# Only a row that is written on its own comes here: a request writes its rows without these events.
	def validate(self):
		refuse_row_alone()

	def on_trash(self):
		refuse_row_alone()
