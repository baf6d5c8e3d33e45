"""A period without MKD. It counts from its submission on and always has an end; lifting it is a record of its own."""

from mkd_hrms.controllers.measure import Measure


class MKDSuspension(Measure):
	"""A measure that closes the days of its period."""
