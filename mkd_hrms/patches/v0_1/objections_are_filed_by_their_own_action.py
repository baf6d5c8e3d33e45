"""The action that files an objection was named as the File of the platform, whose name its translation took: it gets its own."""

from mkd_hrms.constants import FILE, FILE_OBJECTION, OBJECTION
from mkd_hrms.setup.workflows import rename_action


def execute():
	rename_action(OBJECTION, FILE, FILE_OBJECTION)
