"""A row of a circular: one of its dates."""

from mkd_hrms.controllers.row import Row


class MKDCollectiveDate(Row):
	pass
