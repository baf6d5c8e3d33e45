"""What MKD saved: days that were worked, by factors with a range; a building saves only where it was empty.

Of two purses, the person's and the budget's, no sum is made. What bills show is a matter of its own: nothing here adds an
estimate to a bill.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import reduce
from operator import add, mul
from typing import NamedTuple

from mkd_hrms.policy.model import WORKED

# There and back; a percentage; an hour by its minutes.
BOTH_WAYS, WHOLE, A_MINUTE = 1 + 1, 100, timedelta(minutes=1) / timedelta(hours=1)


class Factor(str, Enum):
	"""A number from elsewhere on which an estimate rests; the value is its name in the register."""

	COMMUTE_DISTANCE = "Commute Distance"
	MOTORCYCLE_SHARE = "Share by Motorcycle"
	CAR_SHARE = "Share by Car"
	MOTORCYCLE_FUEL = "Fuel of a Motorcycle"
	CAR_FUEL = "Fuel of a Car"
	FUEL_PRICE = "Fuel Price"
	FUEL_EMISSIONS = "Emissions of Fuel"
	COMMUTE_MINUTES = "Commute Time"
	MEALS = "Meals Away from Home"
	MEAL_ALLOWANCE = "Meal Allowance"
	HOME_ELECTRICITY = "Electricity at Home"
	GRID_EMISSIONS = "Emissions of Electricity"
	OFFICE_ELECTRICITY = "Electricity at the Office"
	SHARE_WHEN_EMPTY = "Share Saved When Empty"
	TARIFF = "Electricity Tariff"
	WATER = "Water at the Office"

	__hash__ = str.__hash__


def _(unit: str) -> str:
	"""Marks a unit for translation without translating it yet."""
	return unit


# What each is counted in, as it is kept.
UNIT_OF: dict[Factor, str] = {
	Factor.COMMUTE_DISTANCE: "km",
	Factor.MOTORCYCLE_SHARE: "%",
	Factor.CAR_SHARE: "%",
	Factor.MOTORCYCLE_FUEL: "l/km",
	Factor.CAR_FUEL: "l/km",
	Factor.FUEL_PRICE: "Rp/l",
	Factor.FUEL_EMISSIONS: "kg CO2e/l",
	Factor.COMMUTE_MINUTES: _("min/km"),
	Factor.MEALS: _("Rp/day"),
	Factor.MEAL_ALLOWANCE: _("Rp/day"),
	Factor.HOME_ELECTRICITY: _("kWh/day"),
	Factor.GRID_EMISSIONS: "kg CO2e/kWh",
	Factor.OFFICE_ELECTRICITY: _("kWh/day"),
	Factor.SHARE_WHEN_EMPTY: "%",
	Factor.TARIFF: "Rp/kWh",
	Factor.WATER: _("Rp/day"),
}


class Purse(str, Enum):
	"""Whose money it is."""

	PERSON = "Person"
	BUDGET = "Budget"

	__hash__ = str.__hash__


class Line(str, Enum):
	"""What is saved."""

	FUEL = "Fuel for Commuting"
	MEALS = "Meals"
	TRAVEL_TIME = "Travel Time"
	TRAVEL_EMISSIONS = "Emissions of Commuting"
	HOME_EMISSIONS = "Emissions of Work at Home"
	MEAL_ALLOWANCE = "Meal Allowances"
	OFFICE_ENERGY = "Electricity of Empty Offices"
	OFFICE_ELECTRICITY = "Cost of Electricity of Empty Offices"
	OFFICE_EMISSIONS = "Emissions of Empty Offices"
	OFFICE_WATER = "Cost of Water of Empty Offices"

	__hash__ = str.__hash__


class Range(NamedTuple("Range", [("low", float), ("middle", float), ("high", float)])):
	"""What a value is at least, probably and at most. Sums and products are those of the three."""

	__slots__ = ()

	def __new__(cls, low: float, middle: float, high: float) -> Range:
		if low > middle or middle > high:
			raise ValueError("A range goes from low to high.")
		return super().__new__(cls, low, middle, high)

	@classmethod
	def exactly(cls, value: float) -> Range:
		return cls(value, value, value)

	@classmethod
	def none(cls) -> Range:
		return cls.exactly(0)

	def __add__(self, other: Range) -> Range:
		return Range(*map(add, self, other))

	def __mul__(self, other: Range) -> Range:
		"""Of values that are not negative, as all factors are: else low might become high."""
		if self.low < 0 or other.low < 0:
			raise ValueError("Only what is not negative can be multiplied.")
		return Range(*map(mul, self, other))

	def times(self, number: float) -> Range:
		"""The same so many times; a negative number turns savings into what is used up."""
		return Range(*sorted(value * number for value in self))


class DayGroup(NamedTuple):
	"""So many MKD days of a unit on a date in one state; `km` is their way one way, where it is known."""

	on: date
	unit: str | None
	status: str
	days: int
	km: float | None = None


class UnitDate(NamedTuple):
	"""A unit on a date: its people, how many worked away by circular, and how many are recorded as away, or as there."""

	people: int
	by_circular: int
	away: int
	present: int


Factors = Mapping[Factor, Range]


class Asked(NamedTuple):
	"""How a line is worked out: of what it is, whose money it is if it is money, and what one day saves.

	`by_way` says that this is for one kilometre of the way there.
	"""

	unit: str
	purse: Purse | None
	factors: tuple[Factor, ...]
	of_a_day: Callable[[Factors], Range]
	by_way: bool = False
	of_empty_building: bool = False
	sign: int = 1


_LITRES = (Factor.MOTORCYCLE_SHARE, Factor.CAR_SHARE, Factor.MOTORCYCLE_FUEL, Factor.CAR_FUEL)
_ENERGY = (Factor.OFFICE_ELECTRICITY, Factor.SHARE_WHEN_EMPTY)


def _product(*factors: Factor) -> Callable[[Factors], Range]:
	return lambda known: reduce(mul, (known[factor] for factor in factors))


def _litres(known: Factors) -> Range:
	"""Of a kilometre there and back, as people travel on the average: nobody is asked how he comes."""
	motorcycle = known[Factor.MOTORCYCLE_SHARE] * known[Factor.MOTORCYCLE_FUEL]
	car = known[Factor.CAR_SHARE] * known[Factor.CAR_FUEL]
	return (motorcycle + car).times(BOTH_WAYS / WHOLE)


def _energy(known: Factors) -> Range:
	return _product(*_ENERGY)(known).times(1 / WHOLE)


LINES: dict[Line, Asked] = {
	Line.FUEL: Asked(
		*("Rp", Purse.PERSON, (*_LITRES, Factor.FUEL_PRICE)),
		lambda known: _litres(known) * known[Factor.FUEL_PRICE],
		by_way=True,
	),
	Line.MEALS: Asked("Rp", Purse.PERSON, (Factor.MEALS,), _product(Factor.MEALS)),
	Line.TRAVEL_TIME: Asked(
		*(_("h"), None, (Factor.COMMUTE_MINUTES,)),
		lambda known: known[Factor.COMMUTE_MINUTES].times(BOTH_WAYS * A_MINUTE),
		by_way=True,
	),
	Line.TRAVEL_EMISSIONS: Asked(
		*("kg CO2e", None, (*_LITRES, Factor.FUEL_EMISSIONS)),
		lambda known: _litres(known) * known[Factor.FUEL_EMISSIONS],
		by_way=True,
	),
	Line.HOME_EMISSIONS: Asked(
		*("kg CO2e", None, (Factor.HOME_ELECTRICITY, Factor.GRID_EMISSIONS)),
		_product(Factor.HOME_ELECTRICITY, Factor.GRID_EMISSIONS),
		sign=-1,
	),
	Line.MEAL_ALLOWANCE: Asked("Rp", Purse.BUDGET, (Factor.MEAL_ALLOWANCE,), _product(Factor.MEAL_ALLOWANCE)),
	Line.OFFICE_ENERGY: Asked("kWh", None, _ENERGY, _energy, of_empty_building=True),
	Line.OFFICE_ELECTRICITY: Asked(
		*("Rp", Purse.BUDGET, (*_ENERGY, Factor.TARIFF)),
		lambda known: _energy(known) * known[Factor.TARIFF],
		of_empty_building=True,
	),
	Line.OFFICE_EMISSIONS: Asked(
		*("kg CO2e", None, (*_ENERGY, Factor.GRID_EMISSIONS)),
		lambda known: _energy(known) * known[Factor.GRID_EMISSIONS],
		of_empty_building=True,
	),
	Line.OFFICE_WATER: Asked(
		*("Rp", Purse.BUDGET, (Factor.WATER,)), _product(Factor.WATER), of_empty_building=True
	),
}


def factors_used(line: Line) -> tuple[Factor, ...]:
	"""What an estimate rests on, where no way is known."""
	asked = LINES[line]
	return (Factor.COMMUTE_DISTANCE, *asked.factors) if asked.by_way else asked.factors


def estimate(
	days: Iterable[DayGroup], empty: Collection[tuple[str | None, date]], known: Factors
) -> dict[Line, Range]:
	"""What the days that were worked saved; a line is left out for which a factor is missing, or no day counts.

	`empty` are the units and dates of which `is_empty` is true.
	"""
	worked, at_empty = _Counted(), _Counted()
	for group in days:
		if group.status != WORKED:
			continue
		worked.add(group)
		if (group.unit, group.on) in empty:
			at_empty.add(group)
	found = {}
	for line, asked in LINES.items():
		counted = at_empty if asked.of_empty_building else worked
		if not counted.days or any(factor not in known for factor in asked.factors):
			continue
		times = counted.kilometres(known) if asked.by_way else Range.exactly(counted.days)
		if times is not None:
			found[line] = (asked.of_a_day(known) * times).times(asked.sign)
	return found


@dataclass(slots=True)
class _Counted:
	"""So many days; `far` are the kilometres of those of which the way is known, one way, and `usual` the others."""

	days: int = 0
	far: float = 0
	usual: int = 0

	def add(self, group: DayGroup) -> None:
		self.days += group.days
		if group.km is None:
			self.usual += group.days
		else:
			self.far += group.days * group.km

	def kilometres(self, known: Factors) -> Range | None:
		"""The ways of all days, one way; None where one is not known and no usual one is given."""
		if self.usual and Factor.COMMUTE_DISTANCE not in known:
			return None
		usual = known[Factor.COMMUTE_DISTANCE].times(self.usual) if self.usual else Range.none()
		return usual + Range.exactly(self.far)


def money(found: Mapping[Line, Range], purse: Purse) -> Range | None:
	"""The sum of the money of one purse; None where nothing of it was estimated. Raises ValueError for no purse."""
	if purse not in Purse.__members__.values():
		raise ValueError("Money is summed up by purse.")
	of_it = [value for line, value in found.items() if LINES[line].purse is purse]
	return reduce(add, of_it) if of_it else None


def is_empty(unit: UnitDate) -> bool:
	"""Whether a unit's rooms were empty: by a circular, with nobody there, and nobody of whom nothing is recorded."""
	return unit.by_circular > 0 and unit.present == 0 and unit.away >= unit.people


def to_bill_of_year_before(bills: Mapping[tuple[str, date], float | None], month: date) -> dict[str, float]:
	"""By building how much less its bill of a month is than that of the same month a year before, where both are known."""
	before = month.replace(year=month.year - 1)
	found = {}
	for (building, at), value in bills.items():
		earlier = bills.get((building, before))
		if at == month and value is not None and earlier is not None:
			found[building] = earlier - value
	return found
