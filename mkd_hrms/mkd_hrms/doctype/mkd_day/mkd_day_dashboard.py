"""The connections on the form of a day."""

from mkd_hrms.constants import DAY
from mkd_hrms.services.platform import connections


def get_data():
	return connections.dashboard(DAY)
