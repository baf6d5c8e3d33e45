"""The connections on the form of a day."""

from mkd_hrms.constants import DAY
from mkd_hrms.overrides.functions import connections


def get_data():
	return connections.dashboard(DAY)
