"""A row of a circular: a unit that stays in the office."""

from mkd_hrms.controllers.row import Row


class MKDCollectiveUnit(Row):
	pass
