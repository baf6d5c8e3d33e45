"""A file of one of our records is no more open by another row that names it."""

from frappe.core.doctype.file.file import File

from mkd_hrms.services.privacy import files


class MKDFile(File):
	def before_insert(self):
		"""Before the platform reads what lies under the address: no event comes before that."""
		if not self.content:
			files.refuse_foreign(self)
		super().before_insert()


def validate(doc, method=None):
	if not doc.is_new():
		files.refuse_foreign(doc)
