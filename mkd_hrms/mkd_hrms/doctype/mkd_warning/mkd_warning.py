"""A warning is a measure against an employee (rule D8); a notice of what is near for him is MKD Early Warning.

It closes nothing, and counts towards what follows.
"""

from mkd_hrms.controllers.measure import Measure
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.letters import of_measure


class MKDWarning(Numbered, ServedDocument, Measure):
	"""A measure that counts towards what follows."""

	def note_whom_it_concerns(self):
		"""Nobody: no condition of MKD asks for warnings."""

	def letter(self):
		"""For a Print Format; the reader's permission is asked anew."""
		return of_measure.letter_of(self.doctype, self.name)
