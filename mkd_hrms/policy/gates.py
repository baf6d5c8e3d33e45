"""All gates in the order of the rules. A gate is a small function: a case in, a finding out.

It returns None when it has nothing to judge, as readiness has at night when there is no request.
"""

from __future__ import annotations

from collections.abc import Callable

from mkd_hrms.policy import gates_conduct, gates_employment, gates_performance, gates_request
from mkd_hrms.policy.case import Case
from mkd_hrms.policy.model import Finding, Gate

GATES: tuple[tuple[Gate, Callable[[Case], Finding | None]], ...] = (
	(Gate.STATUS, gates_employment.status),
	(Gate.TYPE, gates_employment.employment_type),
	(Gate.NOT_NEW, gates_employment.not_new),
	(Gate.ROLE, gates_employment.role),
	(Gate.SERVICE_UNIT, gates_employment.service_unit),
	(Gate.PERFORMANCE, gates_performance.performance),
	(Gate.FRESHNESS, gates_performance.freshness),
	(Gate.ABSENCE, gates_conduct.absence),
	(Gate.RECORDS, gates_conduct.records),
	(Gate.LATENESS, gates_conduct.lateness),
	(Gate.DISCIPLINE, gates_conduct.discipline),
	(Gate.REPORTS, gates_conduct.reports),
	(Gate.TRK, gates_performance.trk),
	(Gate.AGREEMENT, gates_request.agreement),
	(Gate.READINESS, gates_request.readiness),
	(Gate.SUSPENSION, gates_conduct.suspension),
)
