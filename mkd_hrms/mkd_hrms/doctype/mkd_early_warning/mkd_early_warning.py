"""An early warning is a notice of what is near for an employee (rule D10); the measure that he is given is MKD Warning.

The evaluation writes it. Nobody edits it by hand.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.policy import sentences
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.privacy import old_logs
from mkd_hrms.services.standing.early_warnings import warning_of

TABLE = "tabMKD Early Warning"
UNIQUE_KEY = "mkd_early_warning_open"


class MKDEarlyWarning(ServedDocument, KeptByServices, Document):
	@property
	def sentence(self):
		"""In the reader's language, with the numbers and the clause as they were."""
		return sentences.warning_sentence(warning_of(self), _, format_date, number) if self.reason else None

	@property
	def next_step(self):
		return sentences.advice(warning_of(self), _, format_date, number) if self.reason else None

	def by_hand(self):
		return _("Early warnings are kept by the system. Correct the records they rest on instead.")

	@staticmethod
	def clear_old_logs(days: int = 400) -> None:
		"""What Log Settings calls every day."""
		old_logs.clear_ended_warnings(days)


def on_doctype_update():
	# frappe.db.add_unique looks for the name in every database of the server, and would skip a second site.
	if not frappe.db.has_index(TABLE, UNIQUE_KEY):
		frappe.db.sql_ddl(f"ALTER TABLE `{TABLE}` ADD UNIQUE `{UNIQUE_KEY}` (employee, open_threshold)")
