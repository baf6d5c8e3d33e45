"""What is not taken of a file, as a private file beside the import: row, column, what stands there, why, and what to do."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import FILE
from mkd_hrms.exchange.rejections import Rejection, shorten
from mkd_hrms.exchange.writing import harmless
from mkd_hrms.simulate.output.language import Language, Text
from mkd_hrms.simulate.output.language import _ as marked

# Tells spreadsheets that the text is UTF-8.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
HEADINGS = (
	*(marked("Row"), marked("Column"), marked("Written")),
	*(marked("Kind of Mistake"), marked("Reason"), marked("What to Do")),
)


class RejectedRow(NamedTuple):
	"""A row of the file of an import."""

	number: int
	column: str
	written: str
	kind: str
	reason: str
	advice: str


def rows_in(doc: Document) -> list[RejectedRow]:
	"""What stands in the file of an import."""
	if not doc.rejected_rows:
		return []
	about = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "file_url": doc.rejected_rows}
	content = frappe.get_doc(FILE, about).get_content()
	text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.lstrip(MARK)
	return [RejectedRow(int(number), *rest) for number, *rest in list(csv.reader(io.StringIO(text)))[1:]]


class RejectedRows:
	"""The rows as they come, as text."""

	def __init__(self, reader: Language) -> None:
		self.reader, self.count = reader, 0
		self._text = io.StringIO()
		self._writer = csv.writer(self._text)
		self._writer.writerow(reader.tell(Text(heading)) for heading in HEADINGS)

	def add(self, rejection: Rejection) -> None:
		"""One value that is not taken."""
		wrong, reader = rejection.wrong, self.reader
		texts = (rejection.column, shorten(wrong.written), wrong.kind)
		texts += (rejection.reason(reader), rejection.advice(reader))
		self._writer.writerow([rejection.row, *(harmless(text or "") for text in texts)])
		self.count += 1

	def attach(self, doc: Document) -> str | None:
		"""The file in the place of the one before; its address, or None where all is taken."""
		about = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
		before = {**about, "attached_to_field": "rejected_rows"}
		for name in frappe.get_all(FILE, before, pluck="name"):
			frappe.delete_doc(FILE, name, ignore_permissions=True)
		if not self.count:
			return None
		file = frappe.new_doc(FILE, **before, file_name=f"{doc.name}.csv", is_private=1)
		file.content = f"{MARK}{self._text.getvalue()}".encode()
		file.flags.from_service = True
		file.insert(ignore_permissions=True)
		if doc.push_key:
			# Its owner could open it, and a program that sends rows reads none.
			file.db_set("owner", "Administrator")
		return file.file_url
