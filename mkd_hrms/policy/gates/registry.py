"""All gates in the order of the rules. A gate is a small function: a case in, a finding out.

It returns None when it has nothing to judge, as readiness has at night when there is no request.
"""

from __future__ import annotations

from collections.abc import Callable

from mkd_hrms.policy.gates import conduct, declarations, employment, performance, talent
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.model import Finding, Gate

GATES: tuple[tuple[Gate, Callable[[Case], Finding | None]], ...] = (
	(Gate.STATUS, employment.status),
	(Gate.TYPE, employment.employment_type),
	(Gate.NOT_NEW, employment.not_new),
	(Gate.ROLE, employment.role),
	(Gate.SERVICE_UNIT, employment.service_unit),
	(Gate.PERFORMANCE, performance.performance),
	(Gate.FRESHNESS, performance.freshness),
	(Gate.TALENT_BOX, talent.talent_box),
	(Gate.ABSENCE, conduct.absence),
	(Gate.RECORDS, conduct.records),
	(Gate.LATENESS, conduct.lateness),
	(Gate.DISCIPLINE, conduct.discipline),
	(Gate.REPORTS, conduct.reports),
	(Gate.TRK, performance.trk),
	(Gate.AGREEMENT, declarations.agreement),
	(Gate.READINESS, declarations.readiness),
	(Gate.SUSPENSION, conduct.suspension),
)
