"""The connections on the form of an objection."""

from mkd_hrms.constants import OBJECTION
from mkd_hrms.overrides.functions import connections


def get_data():
	return connections.dashboard(OBJECTION)
