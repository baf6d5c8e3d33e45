"""What somebody wrote when he took a day back, confirmed an absence or excused it. Named like its MKD Day.

It stands apart from the day, because whoever stands above an employee may list his days, and a column of a table that
one may list can be read in disguise (inside an SQL function, or by filtering on it) whatever its permission level says.
"""

from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument


class MKDDayReason(ServedDocument, KeptByServices, Document):
	def by_hand(self):
		return _("MKD days are kept by the system. Change the request they come from instead.")
