"""What the files of a system look like, as YAML: shipped ones follow the app, others are the site's own."""

import re

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.services.imports import profiles

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class MKDImportProfile(Document):
	def validate(self):
		if not NAME.fullmatch(self.profile_name or ""):
			frappe.throw(
				_("The name of a profile has small letters, digits and hyphens, like {0}.").format(
					"trk-month"
				)
			)
		self.keep_what_is_shipped()
		profile = profiles.read(self)
		self.title, self.source = profile.title, profile.source

	def on_trash(self):
		if self.is_standard and not self.flags.from_app:
			frappe.throw(_("This profile is shipped with MKD. Disable it instead."))

	def keep_what_is_shipped(self):
		before = self.get_doc_before_save()
		if self.flags.from_app:
			return
		self.is_standard = before.is_standard if before else 0
		if self.is_standard and self.content != before.content:
			frappe.throw(
				_(
					"This profile is shipped with MKD and follows its versions. Copy it under a name of your own."
				)
			)
