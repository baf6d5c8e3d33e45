"""Employment types and predicates that the policy in force does not know: of whom, and what HR does about them.

Nobody is refused for such a word (rules E2, E6): his applications go to HR, one by one, until it is settled here.
"""

from frappe import _

from mkd_hrms.facts.agency import count_active_by_type
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.performance import read_words_but
from mkd_hrms.facts.visible import names_of
from mkd_hrms.mkd_hrms.report.asked import REPORTS
from mkd_hrms.policy.model import PREDICATES, among
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

# So many people are named; the list of employees shows all of them.
NAMED = 5


def execute(filters=None):
	return columns(), [*unknown_types(), *unknown_predicates()]


def columns():
	return [
		{"fieldname": "kind", "label": _("Field"), "fieldtype": "Data", "width": 150},
		{"fieldname": "word", "label": _("Word"), "fieldtype": "Data", "width": 160},
		{
			"fieldname": "company",
			"label": _("Company", context=REPORTS),
			"fieldtype": "Link",
			"options": "Company",
			"width": 160,
		},
		{
			"fieldname": "employees",
			"label": _("Active Employees", context=REPORTS),
			"fieldtype": "Int",
			"width": 130,
		},
		{"fieldname": "names", "label": _("Among Them"), "fieldtype": "Data", "width": 260},
		{"fieldname": "advice", "label": _("What to Do"), "fieldtype": "Data", "width": 460},
	]


def unknown_types():
	"""By company and word, most people first."""
	policies, today, found = submitted_policies(), clock.today(), []
	for (company, word), count in count_active_by_type(SiteDatabase()).items():
		policy = in_force(policies, company, today)
		if policy and not among(word, (*policy.employment_types, *policy.known_employment_types)):
			whose = {"company": company, "employment_type": word}
			found.append(
				row(_("Employment Type", context=REPORTS), word, company, count, whose, advice_on_type())
			)
	return sorted(found, key=lambda entry: (-entry["employees"], entry["word"]))


def unknown_predicates():
	found = []
	for word, employees in read_words_but(SiteDatabase(), PREDICATES).items():
		whose = {"name": ("in", employees)}
		found.append(row(_("Predicate"), word, None, len(employees), whose, advice_on_predicate()))
	return found


def row(kind, word, company, count, whose, advice):
	"""Only people whom the reader may see are named."""
	names = ", ".join(names_of(whose, NAMED))
	return dict(kind=kind, word=word, company=company, employees=count, names=names, advice=advice)


def advice_on_type():
	return _(
		"Correct the Employment Type of these employees, or list it in the next MKD Policy: as one that may work away, or as one that is only known."
	)


def advice_on_predicate():
	return _("Cancel these MKD Performance Records and enter one of {0}.").format(", ".join(PREDICATES))
