"""A row of a circular: somebody who goes, or who stays in the office."""

from mkd_hrms.controllers.row import Row


class MKDCollectivePerson(Row):
	pass
