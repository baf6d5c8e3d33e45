"""A document in which a file may stand, in itself or in its rows: only one that may stand there is taken."""

from frappe.model.document import Document

from mkd_hrms.services.platform import attached_files


class AttachedFiles(Document):
	"""For a DocType of ours with an Attach field of its own or in its rows."""

	def run_before_save_methods(self):
		super().run_before_save_methods()
		# The last moment, and one for all of them: whatever else refuses the save has spoken by then.
		attached_files.settle(self)
