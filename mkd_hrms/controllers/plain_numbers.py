"""A document in which people enter numbers: one that could be read in two ways is refused before Frappe reads it in one."""

from frappe.model.document import Document

from mkd_hrms.services.platform import written_numbers


class PlainNumbers(Document):
	"""For a DocType of ours with numbers of its own or in its rows."""

	def run_before_save_methods(self):
		# The last moment at which a text is still as it was sent, and a hook for all of them.
		written_numbers.read(self)
		super().run_before_save_methods()
