"""A period without MKD. It counts from its submission on and always has an end; lifting it is a record of its own."""

from mkd_hrms.mkd_hrms.doctype.mkd_suspension.measure import Measure


class MKDSuspension(Measure):
	"""A measure that closes the days of its period."""
