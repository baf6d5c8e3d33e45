"""Two designations become one only where both say the same about who works away."""

from mkd_hrms.constants import DESIGNATION
from mkd_hrms.services.renames import roles_and_units


def before_rename(doc, method, old, new, merge=False):
	if merge:
		roles_and_units.before_merge(DESIGNATION, old, new)
