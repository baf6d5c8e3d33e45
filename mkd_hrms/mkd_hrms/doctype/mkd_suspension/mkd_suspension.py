"""A period without MKD. It counts from its submission on and always has an end; lifting it is a record of its own."""

from mkd_hrms.controllers.measure import Measure
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.booked_days import recheck
from mkd_hrms.services.letters import of_measure


class MKDSuspension(Numbered, ServedDocument, Measure):
	"""A measure that closes the days of its period."""

	def on_change(self):
		"""What closes MKD for a time closes the days that are approved, too, before anybody can look."""
		super().on_change()
		recheck.at_once(self)

	def letter(self):
		"""For a Print Format; the reader's permission is asked anew."""
		return of_measure.letter_of(self.doctype, self.name)
