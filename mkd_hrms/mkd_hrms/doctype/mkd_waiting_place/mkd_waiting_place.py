"""A place on the waiting list of a unit and date (rule W6). A service writes it; nobody edits it by hand."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.privacy import old_logs


class MKDWaitingPlace(ServedDocument, KeptByServices, Document):
	def by_hand(self):
		return _("The waiting list is kept by the system. Apply for the date, or decline it.")

	@staticmethod
	def clear_old_logs(days: int = 400) -> None:
		"""What Log Settings calls every day."""
		old_logs.clear_ended_places(days)


def on_doctype_update():
	# What waits is found by its state; ended rows of more than a year stand beside it.
	frappe.db.add_index("MKD Waiting Place", ["status", "mkd_date"], "mkd_waiting_place_status_date")
