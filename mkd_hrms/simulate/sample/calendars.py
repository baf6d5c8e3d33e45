"""Holiday lists: Saturdays and Sundays or only Sundays off, national holidays, cuti bersama."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mkd_hrms.policy.dates import days_between

FIVE, SIX = "Lima Hari Kerja", "Enam Hari Kerja"
WEEKLY_OFF = {FIVE: (6, 7), SIX: (7,)}
# Those that fall on the same day every year, as month and day.
EVERY_YEAR = {
	(1, 1): "Tahun Baru Masehi",
	(5, 1): "Hari Buruh Internasional",
	(6, 1): "Hari Lahir Pancasila",
	(8, 17): "Proklamasi Kemerdekaan",
	(12, 25): "Hari Raya Natal",
}
# Those that move, by the joint decrees of three ministers for 2025 and 2026.
MOVING = {
	2025: {
		(1, 27): "Isra Mikraj Nabi Muhammad",
		(1, 28): "Cuti bersama Tahun Baru Imlek",
		(1, 29): "Tahun Baru Imlek",
		(3, 28): "Cuti bersama Nyepi",
		(3, 29): "Hari Suci Nyepi",
		(3, 31): "Idulfitri",
		(4, 1): "Idulfitri",
		(4, 2): "Cuti bersama Idulfitri",
		(4, 3): "Cuti bersama Idulfitri",
		(4, 4): "Cuti bersama Idulfitri",
		(4, 7): "Cuti bersama Idulfitri",
		(4, 18): "Wafat Yesus Kristus",
		(4, 20): "Kebangkitan Yesus Kristus",
		(5, 12): "Hari Raya Waisak",
		(5, 13): "Cuti bersama Waisak",
		(5, 29): "Kenaikan Yesus Kristus",
		(5, 30): "Cuti bersama Kenaikan Yesus Kristus",
		(6, 6): "Iduladha",
		(6, 9): "Cuti bersama Iduladha",
		(6, 27): "Tahun Baru Islam",
		(8, 18): "Cuti bersama Proklamasi Kemerdekaan",
		(9, 5): "Maulid Nabi Muhammad",
		(12, 26): "Cuti bersama Natal",
	},
	2026: {
		(1, 16): "Isra Mikraj Nabi Muhammad",
		(2, 16): "Cuti bersama Tahun Baru Imlek",
		(2, 17): "Tahun Baru Imlek",
		(3, 18): "Cuti bersama Nyepi",
		(3, 19): "Hari Suci Nyepi",
		(3, 20): "Cuti bersama Idulfitri",
		(3, 21): "Idulfitri",
		(3, 22): "Idulfitri",
		(3, 23): "Cuti bersama Idulfitri",
		(3, 24): "Cuti bersama Idulfitri",
		(4, 3): "Wafat Yesus Kristus",
		(4, 5): "Kebangkitan Yesus Kristus",
		(5, 14): "Kenaikan Yesus Kristus",
		(5, 15): "Cuti bersama Kenaikan Yesus Kristus",
		(5, 27): "Iduladha",
		(5, 28): "Cuti bersama Iduladha",
		(5, 31): "Hari Raya Waisak",
		(6, 16): "Tahun Baru Islam",
		(8, 25): "Maulid Nabi Muhammad",
		(12, 24): "Cuti bersama Natal",
	},
}


@dataclass(frozen=True, slots=True)
class YearList:
	"""One holiday list: a rule for the week and one year."""

	rule: str
	year: int

	@property
	def name(self) -> str:
		return f"{self.rule} {self.year}"

	@property
	def days(self) -> dict[date, tuple[str, int]]:
		"""The non-working days with description and whether it is only the weekly one."""
		named = {(month, day): text for (month, day), text in EVERY_YEAR.items()} | MOVING.get(self.year, {})
		found = {}
		for day in days_between(date(self.year, 1, 1), date(self.year, 12, 31)):
			if text := named.get((day.month, day.day)):
				found[day] = (text, 0)
			elif day.isoweekday() in WEEKLY_OFF[self.rule]:
				found[day] = ("Libur mingguan", 1)
		return found


def working_days(rule: str, since: date, until: date) -> tuple[date, ...]:
	"""The working days of a period, by the lists of its years."""
	off: set[date] = set()
	for year in range(since.year, until.year + 1):
		off |= YearList(rule, year).days.keys()
	return tuple(day for day in days_between(since, until) if day not in off)
