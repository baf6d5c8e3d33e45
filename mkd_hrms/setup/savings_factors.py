"""The factors of savings that the app brings, each once: what an agency changed, or took away, stays as it left it."""

import frappe

from mkd_hrms.constants import SAVINGS_FACTOR
from mkd_hrms.policy.savings import Factor
from mkd_hrms.setup.created_records import created_by_us, remember

# Before MKD began.
SINCE = "2023-01-01"
GOOD, FAIR, UNCERTAIN, ASSUMPTION = "Good", "Fair", "Uncertain", "Assumption"


def _(source: str) -> str:
	"""Marks a source for translation: it is kept in English, and read in the reader's language."""
	return source


# Low, middle, high, source, its year, and how far it can be trusted. Of meals that somebody pays for himself and of water
# no figure is published: they are estimated where an agency enters its own.
SHIPPED = {
	Factor.COMMUTE_DISTANCE: (
		5,
		12,
		20,
		_("Own assumption: no survey of West Java was found"),
		2026,
		ASSUMPTION,
	),
	Factor.MOTORCYCLE_SHARE: (
		75,
		75,
		75,
		_("Own assumption: no survey of West Java was found"),
		2026,
		ASSUMPTION,
	),
	Factor.CAR_SHARE: (20, 20, 20, _("Own assumption: no survey of West Java was found"), 2026, ASSUMPTION),
	Factor.MOTORCYCLE_FUEL: (
		*(0.02, 0.02, 0.046),
		_("Usual consumption in Bandung; high: 0.11 kg CO2e a kilometre"),
		*(2023, FAIR),
	),
	Factor.CAR_FUEL: (
		*(0.054, 0.069, 0.071),
		_(
			"Usual consumption in Bandung (small family car); low: 0.130, high: 0.17 kg CO2e a kilometre (DEFRA)"
		),
		*(2023, FAIR),
	),
	Factor.FUEL_PRICE: (
		*(10_000, 10_000, 12_500),
		_("Price of Pertalite since September 2022; high: Pertamax, to be checked"),
		*(2022, UNCERTAIN),
	),
	Factor.FUEL_EMISSIONS: (2.3, 2.4, 2.4, _("INDEF, September 2023; low: tank to wheel alone"), 2023, GOOD),
	Factor.COMMUTE_MINUTES: (
		2,
		2.5,
		3.3,
		_("Own assumption: 30, 24 and 18 km an hour in town"),
		2026,
		ASSUMPTION,
	),
	Factor.MEAL_ALLOWANCE: (
		*(35_000, 37_000, 41_000),
		_("PMK 49/2023: grades I and II, III, IV"),
		*(2024, FAIR),
	),
	Factor.HOME_ELECTRICITY: (
		*(0.7, 1.5, 2.3),
		_("Own assumption: 7 to 23 per cent of 10 kWh a day more in a household"),
		*(2026, UNCERTAIN),
	),
	Factor.GRID_EMISSIONS: (
		*(0.8, 0.87, 0.87),
		_("ESDM: grid of Java, Madura and Bali, ex post; low: newer lists"),
		*(2019, GOOD),
	),
	Factor.OFFICE_ELECTRICITY: (
		*(4, 6.7, 8.8),
		_("Permen ESDM 13/2012: 8.5, 14 and 18.5 kWh per m2 and month, by 10 m2 and 21 days"),
		*(2012, UNCERTAIN),
	),
	Factor.SHARE_WHEN_EMPTY: (
		*(25, 50, 75),
		_(
			"Own assumption: without servers; high: target of the governor for electricity and water, November 2025"
		),
		*(2025, ASSUMPTION),
	),
	Factor.TARIFF: (
		*(1522.88, 1699.53, 1699.53),
		_("PLN: tariffs P-2 and P-1/TR of government offices, to be checked"),
		*(2022, UNCERTAIN),
	),
}
# The province pays an allowance for performance instead, which a day of MKD does not lower.
NOT_IN_USE = frozenset((Factor.MEAL_ALLOWANCE,))


def sync():
	brought = created_by_us(SAVINGS_FACTOR)
	for factor, (low, middle, high, source, year, trust) in SHIPPED.items():
		if factor.value in brought:
			continue
		frappe.get_doc(
			{
				"doctype": SAVINGS_FACTOR,
				"factor": factor.value,
				"valid_from": SINCE,
				"in_use": int(factor not in NOT_IN_USE),
				**{"low": low, "middle": middle, "high": high},
				**{"source": source, "year": year, "trust": trust},
			}
		).insert(ignore_permissions=True)
		remember(SAVINGS_FACTOR, factor.value)
