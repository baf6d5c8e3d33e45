"""Two designations become one only where both say the same about who works away."""

from mkd_hrms.constants import DESIGNATION
from mkd_hrms.services.renames import roles_and_units
from mkd_hrms.services.renames.refusals import told_to_writers


def before_rename(doc, method, old, new, merge=False):
	if merge:
		with told_to_writers(doc.doctype, old, new):
			roles_and_units.before_merge(DESIGNATION, old, new)
