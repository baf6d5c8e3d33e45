"""A document whose number comes from a sequence, which takes none back: it is drawn when nothing refuses the save any more."""

from frappe.model.document import Document

from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform import numbers
from mkd_hrms.services.platform.names import row_name


class NumberedLast(Document):
	def autoname(self):
		"""Until it is stored it has a name that stands nowhere. Unlike a naming series, a sequence locks nothing."""
		self.name, self.flags.awaits_number = row_name(), True

	def db_insert(self, *args, **kwargs):
		if self.flags.pop("awaits_number", None):
			self.name = numbers.next_name(self.doctype, clock.today().year)
			self.set_parent_in_children()
		super().db_insert(*args, **kwargs)
