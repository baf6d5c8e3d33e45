"""What axe-core finds in a page: faults that keep somebody from using it, in the parts that are our own."""

from functools import cache

# Of the four grades of axe-core those that keep people out; "moderate" and "minor" are a matter of taste in a Desk.
GRADES = ("serious", "critical")
RUN = """
	async (part) => {
		const { violations } = await axe.run({ include: [[part]] }, { resultTypes: ["violations"] });
		return violations.map(({ id, impact, help, nodes }) => ({
			id, impact, help, where: nodes.map(({ html }) => html.slice(0, 200)),
		}));
	}
"""


@cache
def axe():
	from axe_playwright_python.base import AXE_SCRIPT

	return AXE_SCRIPT


def faults(page, *parts):
	"""By part, as sentences. A part that is not there is an error, so that none passes by being away."""
	if not page.evaluate("Boolean(window.axe)"):
		page.evaluate(axe())
	found = []
	for part in parts:
		page.locator(part).first.wait_for()
		for fault in page.evaluate(RUN, part):
			if fault["impact"] in GRADES:
				found.append(
					f"{part}: {fault['id']} ({fault['impact']}), {fault['help']}: {fault['where'][:3]}"
				)
	return found
