"""A file with numbers of ours is looked at while they are still text: the platform's import itself casts them unseen."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.core.doctype.data_import.importer import Importer, ImportFile
from frappe.model.document import Document

from mkd_hrms.services.platform import written_numbers

# So many faults are named; whoever mends these will have found the others.
NAMED = 10


def look_at_import(data_import: Document) -> None:
	"""Look at the file of a Data Import. Raises UnclearNumber."""
	has_file = data_import.import_file or data_import.google_sheets_url
	if has_file and _takes_numbers(data_import.reference_doctype):
		_look_at(data_import.get_importer().import_file)


def look_at_file(doctype: str, path: str) -> None:
	"""Look at a file that is imported on the command line, where no Data Import is stored. Raises UnclearNumber."""
	if _takes_numbers(doctype):
		document = frappe.new_doc("Data Import")
		_look_at(Importer(doctype, data_import=document, file_path=path, console=True).import_file)


def _takes_numbers(doctype: str) -> bool:
	"""Whether numbers of ours are entered in a DocType or in its rows."""
	meta = frappe.get_meta(doctype)
	rows = (frappe.get_meta(df.options) for df in meta.get_table_fields())
	return any(written_numbers.fields_of(entry) for entry in (meta, *rows))


def _look_at(file: ImportFile) -> None:
	faults = _faults_in(file)
	more = [_("And {0} more.").format(len(faults) - NAMED)] if len(faults) > NAMED else []
	written_numbers.refuse([*faults[:NAMED], *more])


def _faults_in(file: ImportFile) -> list[str]:
	"""Every number of ours in a file that is unclear, row by row."""
	columns = [
		column
		for column in file.header.columns
		if column.df and not column.skip_import and written_numbers.is_ours(column.df)
	]
	found = (
		written_numbers.fault_of(row.get(column.index), column.df, _("Row {0}").format(row.row_number))
		for row in file.data
		for column in columns
	)
	return [fault for fault in found if fault]
