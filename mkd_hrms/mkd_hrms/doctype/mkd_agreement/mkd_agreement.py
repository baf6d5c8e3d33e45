"""The agreement (*pakta*) that somebody signs to work away from the office."""

from mkd_hrms.controllers.attached_files import AttachedFiles
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services import agreements
from mkd_hrms.services.standing.changes_noted import concerns_employee


class MKDAgreement(Numbered, AttachedFiles):
	def before_validate(self):
		agreements.settle(self)

	def on_trash(self):
		agreements.refuse_deletion(self)
		concerns_employee(self)

	def on_change(self):
		concerns_employee(self)
