"""A document that takes its number from a naming series, which is mended where a restore left it behind."""

from mkd_hrms.services.platform import numbers


class Numbered:
	def before_naming(self):
		if not self.get("amended_from"):
			numbers.catch_up(self)
