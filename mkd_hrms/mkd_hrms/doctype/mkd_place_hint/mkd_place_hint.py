"""A check-in whose place the superior looks at (rule D2). A hint and no verdict; a service writes it, nobody by hand."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.people.approvers import is_superior_or_hr
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import read_person


class MKDPlaceHint(ServedDocument, KeptByServices, Document):
	WRITTEN_WITH = "from_service"

	def onload(self):
		"""Which buttons the form offers the reader; the server decides again."""
		person, user = read_person(self.employee), frappe.session.user
		corrects = user != person.user and acts_for_hr(user, self.employee, self.doctype)
		self.set_onload("reviews", corrects or (self.status == "Open" and is_superior_or_hr(person, user)))

	def by_hand(self):
		return _("Place hints are kept by the system. Review them with the buttons of the form.")
