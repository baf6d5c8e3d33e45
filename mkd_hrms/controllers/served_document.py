"""A document about a person: in a request nobody is given more of it than he may read (rule P3).

The platform asks at the doors that it knows. Others hand a document over whole: what a method was called on, what a
link was expanded to, what was just saved. All of them make a dictionary of it.
"""

from __future__ import annotations

import frappe


class ServedDocument:
	"""For a DocType of ours that speaks of an employee."""

	def as_dict(self, *args, **kwargs):
		answer = super().as_dict(*args, **kwargs)
		if not is_served(self):
			return answer
		if not self.is_open_to_reader():
			return frappe._dict(doctype=self.doctype, name=self.name)
		for name in self.closed_fields():
			answer.pop(name, None)
		return answer

	def is_open_to_reader(self):
		"""Asked once for each reader of this copy."""
		user, known = frappe.session.user, self.flags.open_to
		if not known or known[0] != user:
			known = self.flags.open_to = (user, frappe.has_permission(self.doctype, "read", doc=self))
		return known[1]

	def closed_fields(self):
		"""What stands at a level that the reader has not reached."""
		high = [field.fieldname for field in self.meta.get_high_permlevel_fields()]
		return set(high) - set(self.permitted_fieldnames) if high else ()


def is_served(doc) -> bool:
	"""Whether somebody asks over the network, and the document is not just being saved, when the platform asks itself."""
	is_asked = getattr(frappe.local, "request", None)
	is_saving = doc.is_new() or (doc.doctype, doc.name) in frappe.flags.currently_saving
	return bool(is_asked and doc.name and not is_saving)
