"""The connections on the form of an objection."""

from mkd_hrms.constants import OBJECTION
from mkd_hrms.services.platform import connections


def get_data():
	return connections.dashboard(OBJECTION)
