"""The connections on the form of a daily report."""

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.services.platform import connections


def get_data():
	return connections.dashboard(DAILY_REPORT)
