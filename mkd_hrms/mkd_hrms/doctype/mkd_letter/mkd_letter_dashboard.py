"""The connections on the form of a letter."""

from mkd_hrms.constants import LETTER
from mkd_hrms.services.platform import connections


def get_data():
	return connections.dashboard(LETTER)
