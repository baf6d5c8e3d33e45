"""The connections on the form of a letter."""

from mkd_hrms.constants import LETTER
from mkd_hrms.overrides.functions import connections


def get_data():
	return connections.dashboard(LETTER)
