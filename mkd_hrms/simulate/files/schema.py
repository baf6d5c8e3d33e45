"""The tables and columns that the rules read, under the platform's own names.

One file holds one table. What the platform keeps beside these columns may stand in a file; it is not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkd_hrms.simulate.files.columns import Column, Table
from mkd_hrms.simulate.files.tables_mkd import OURS
from mkd_hrms.simulate.files.tables_platform import PLATFORM

TABLES: tuple[Table, ...] = (*PLATFORM, *OURS)
BY_NAME = {table.name: table for table in TABLES}


def references() -> Iterator[tuple[Table, Column]]:
	"""Every column that names a row of another table."""
	return ((table, column) for table in TABLES for column in table.columns if column.refers_to)
