"""The charts of the impact: how many people before and after, by outcome, by gate, or by where they stand."""

from collections import Counter
from collections.abc import Iterable

from frappe import _

from mkd_hrms.constants import IMPACT
from mkd_hrms.mkd_hrms.report.asked import WIDER
from mkd_hrms.policy.impact.totals import Impact
from mkd_hrms.policy.model import Outcome

BREAKDOWNS = {"Unit": "unit", "Designation": "designation", "Grade": "grade"}
# More bars than this cannot be told apart; those that change most are shown.
MOST_BARS = 12
COLOURS = ["#98a1a9", "#2490ef"]
STOPS = ("fails", "unknown")


def chart_of(impacts: Iterable[Impact], by: str | None) -> dict | None:
	impacts = list(impacts)
	if by in BREAKDOWNS:
		return _chart(_("People Who May Work Away"), *_by_group(impacts, BREAKDOWNS[by]))
	if by == "Gate":
		return _chart(_("People Whom a Gate Closes or Sends to Review"), *_by_gate(impacts))
	return _chart(_("People by Outcome"), *_by_outcome(impacts))


def _by_outcome(impacts: list[Impact]):
	before, after = Counter(), Counter()
	for impact in impacts:
		before.update(impact.outcomes["before"])
		after.update(impact.outcomes["after"])
	names = [outcome.value for outcome in Outcome]
	return [_(name) for name in names], [before[name] for name in names], [after[name] for name in names]


def _by_group(impacts: list[Impact], breakdown: str):
	before, after, changed = Counter(), Counter(), Counter()
	for row in (row for impact in impacts for row in impact.by(breakdown)):
		before[row["name"]] += row["before"][Outcome.ELIGIBLE.value]
		after[row["name"]] += row["after"][Outcome.ELIGIBLE.value]
		changed[row["name"]] += sum(row["kinds"].values())
	names = sorted(changed, key=lambda name: (-changed[name], name or ""))[:MOST_BARS]
	return (
		[name or _("None", context=IMPACT) for name in names],
		[before[name] for name in names],
		[after[name] for name in names],
	)


def _by_gate(impacts: list[Impact]):
	"""Only gates that begin or cease to close somebody or to be unknown: the others would crowd the labels."""
	before, after, changed = Counter(), Counter(), Counter()
	for row in (row for impact in impacts for row in impact.gates):
		before[row["gate"]] += row["fails_before"] + row["unknown_before"]
		after[row["gate"]] += row["fails_after"] + row["unknown_after"]
		changed[row["gate"]] += sum(row[f"{kind}_{when}"] for kind in STOPS for when in ("begins", "ceases"))
	names = [name for name in changed if changed[name]]
	labels = [_(name, context="MKD Policy Gate") for name in names]
	return labels, [before[name] for name in names], [after[name] for name in names]


def _chart(title: str, labels: list[str], before: list[int], after: list[int]) -> dict | None:
	datasets = [
		{"name": _("Before", context=IMPACT), "values": before},
		{"name": _("After", context=IMPACT), "values": after},
	]
	return {
		"title": title,
		"type": "bar",
		"data": {"labels": labels, "datasets": datasets},
		"colors": COLOURS,
		"fieldtype": "Int",
		"height": 260,
		"axisOptions": {"seriesLabelSpaceRatio": WIDER},
	}
