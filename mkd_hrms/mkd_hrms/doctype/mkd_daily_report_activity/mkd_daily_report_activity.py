"""A row of a daily report: one activity, what came of it and how long it took (rule D4)."""

from mkd_hrms.controllers.row import Row
from mkd_hrms.services.requests.states import refuse_row_alone


class MKDDailyReportActivity(Row):
	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		# Frappe would fill in the present time, both times; without them the minutes count.
		self.dont_update_if_missing += ["from_time", "to_time"]

	# Only a row that is written on its own comes here: a report writes its rows without these events.
	def validate(self):
		refuse_row_alone()

	def on_trash(self):
		refuse_row_alone()
