"""The connections on the form of a request."""

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.platform import connections


def get_data():
	return connections.dashboard(REQUEST)
