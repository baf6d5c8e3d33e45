"""Which employee of a company a NIP or the number of a machine means; one of another company is as unknown as any stranger."""

from __future__ import annotations

from collections import defaultdict

from mkd_hrms.constants import IMPORT
from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.exchange.rows import Row
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_records_of
from mkd_hrms.facts.imports import read_numbers
from mkd_hrms.facts.limits import which_are_within
from mkd_hrms.services.people.hr import limits_of

COLUMN_OF = {"nip": "mkd_nip", "pin": "attendance_device_id", "employee": "name"}


class Whose:
	"""The employees of a company that User Permissions leave whoever imports, but for himself."""

	def __init__(self, company: str, user: str) -> None:
		self.company, self.user = company, user
		self.found: dict[str, str] = {}
		self.names: dict[str, str] = {}
		self._known: dict[str, list[str]] = {}
		self._own: frozenset[str] = frozenset()

	def begin(self, key: str) -> None:
		"""By which key a file names people: read once for the whole file."""
		database, found = SiteDatabase(), defaultdict(lambda: ([], []))
		people = read_numbers(database, self.company, COLUMN_OF[key])
		left = which_are_within({name for _number, name, *_rest in people}, limits_of(self.user, IMPORT))
		for number, name, called, is_active in people:
			if name in left:
				number = str(int(number)) if key == "pin" and number.isdecimal() else number
				found[number][not is_active].append(name)
				self.names[name] = called or name
		self._known = {number: active or others for number, (active, others) in found.items()}
		self._own = frozenset(read_records_of(database, self.user))

	def check(self, row: Row) -> Wrong | None:
		"""What is wrong with whose a row is; else he is among the found ones."""
		if row.who not in self.found:
			theirs = self._known.get(row.who, [])
			if len(theirs) != 1:
				return Wrong("several_people" if theirs else "unknown_person", row.who)
			if theirs[0] in self._own:
				return Wrong("own_record", row.who)
			self.found[row.who] = theirs[0]
		return None
