"""What the form and other systems may call. Each function checks its permission, asks a service, returns a dict.

Each has its address here, `mkd_hrms.api.explain`, whatever file it stands in.

named.py       what a caller named: as a list, and no more of it than one call may hold
requests.py    an application: what it meets, why it was decided so, taking it back, and what HR decides about it
days.py        a date: given back, recalled, revoked, confirmed as an absence or a false place
calendars.py   what a calendar of the Desk draws: days, requests, and when the reader himself is off
units.py       a unit: the coverage board, links for calendar programs, places in the waiting list
home.py        the home of the Desk: how the user stands, how much waits for him, and the guide
employees.py   the form of an employee and of his appraisal, and his own data
conduct.py     suspensions, and objections to what was decided
evaluation.py  an evaluation that somebody starts
circulars.py   a circular, before it is submitted
imports.py     files of other systems, and rows that one sends by itself
schedule.py    the schedule, for a system that reads it by itself
letters.py     letters: issued, listed, and checked by whoever holds one
"""

from mkd_hrms.api.calendars import days_in_calendar, requests_in_calendar  # noqa: F401 (handed on)
from mkd_hrms.api.circulars import collective_preview  # noqa: F401 (handed on)
from mkd_hrms.api.conduct import contested, lift_suspension, objection_state  # noqa: F401 (handed on)
from mkd_hrms.api.days import (  # noqa: F401 (handed on)
	confirm_false_place,
	confirm_no_show,
	give_back_day,
	recall_days,
	review_place_hint,
	revoke_days,
	ways_back,
)
from mkd_hrms.api.employees import (  # noqa: F401 (handed on)
	download_personal_data,
	employee_overview,
	mkd_of_appraisal,
)
from mkd_hrms.api.evaluation import evaluate_now  # noqa: F401 (handed on)
from mkd_hrms.api.home import (  # noqa: F401 (handed on)
	guide_page,
	own_standing,
	waiting_absences,
	waiting_reports,
	waiting_requests,
	waiting_reviews,
	waiting_swaps,
)
from mkd_hrms.api.imports import (  # noqa: F401 (handed on)
	apply_import,
	check_import,
	decide_check_in,
	push_import,
	undo_import,
)
from mkd_hrms.api.letters import (  # noqa: F401 (handed on)
	issue_letter,
	issue_recap,
	issue_verification_sheet,
	letter_check,
	letters_of,
)
from mkd_hrms.api.requests import (  # noqa: F401 (handed on)
	before_applying,
	classify_roles,
	decide_gates,
	end_pattern,
	explain,
	fair_order,
	stop_pattern,
	unknown_gates,
	withdraw_days,
)
from mkd_hrms.api.schedule import pull_schedule  # noqa: F401 (handed on)
from mkd_hrms.api.units import (  # noqa: F401 (handed on)
	calendar_feed,
	coverage_board,
	coverage_board_day,
	coverage_board_units,
	decline_place,
	make_calendar_feed,
	revoke_calendar_feed,
)
