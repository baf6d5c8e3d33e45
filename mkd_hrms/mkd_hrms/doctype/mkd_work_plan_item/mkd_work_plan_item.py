"""A row of a request: one planned activity, and the output that is to come of it."""

from mkd_hrms.controllers.row import Row
from mkd_hrms.services.requests.states import refuse_row_alone


class MKDWorkPlanItem(Row):
	# Only a row that is written on its own comes here: a request writes its rows without these events.
	def validate(self):
		refuse_row_alone()

	def on_trash(self):
		refuse_row_alone()
