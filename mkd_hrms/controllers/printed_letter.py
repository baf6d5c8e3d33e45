"""A document that is printed as a letter, in the state that it has come to."""

from __future__ import annotations

from mkd_hrms.constants import DRAFT
from mkd_hrms.services.decisions.reasons import stored


class PrintedLetter:
	"""For a DocType that is submittable: only what is still a draft is headed as one.

	A denied application is never submitted, and the platform takes it for a draft.
	"""

	def before_print(self, settings=None):
		super().before_print(settings)
		if settings is not None and stored(self, "status") not in (None, DRAFT):
			settings.add_draft_heading = 0
