"""Three actions had names that the platform has for something else, whose translation was theirs: they say now what they are about."""

from mkd_hrms.constants import DAILY_REPORT, DISMISS, OBJECTION, RETURN, VERIFY
from mkd_hrms.setup.workflows import rename_action

NAMED = ((DAILY_REPORT, "Verify", VERIFY), (DAILY_REPORT, "Return", RETURN), (OBJECTION, "Dismiss", DISMISS))


def execute():
	for doctype, old, new in NAMED:
		rename_action(doctype, old, new)
