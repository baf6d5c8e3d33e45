"""A warning: it closes nothing, and counts towards what follows (rule D8)."""

from mkd_hrms.controllers.measure import Measure


class MKDWarning(Measure):
	"""A measure that counts towards what follows."""

	def note_whom_it_concerns(self):
		"""Nobody: no condition of MKD asks for warnings."""
