"""A file for one of our DocTypes is looked at while its numbers are still text: the import itself casts them unseen."""

import frappe
from frappe import _

from mkd_hrms.constants import MODULE
from mkd_hrms.services.platform import written_numbers

# So many faults are named; whoever mends these will have found the others.
NAMED = 10


def validate(doc, method=None):
	if not (doc.import_file or doc.google_sheets_url) or not is_ours(doc.reference_doctype):
		return
	faults = faults_in(doc.get_importer().import_file)
	more = [_("And {0} more.").format(len(faults) - NAMED)] if len(faults) > NAMED else []
	written_numbers.refuse([*faults[:NAMED], *more])


def is_ours(doctype):
	return frappe.get_meta(doctype).module == MODULE


def faults_in(file):
	"""Every number in a file that is unclear, row by row."""
	columns = [
		column
		for column in file.header.columns
		if column.df and not column.skip_import and column.df.fieldtype in written_numbers.KINDS
	]
	found = (
		written_numbers.fault_of(row.get(column.index), column.df, _("Row {0}").format(row.row_number))
		for row in file.data
		for column in columns
	)
	return [fault for fault in found if fault]
