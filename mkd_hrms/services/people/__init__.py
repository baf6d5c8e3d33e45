"""Who is who: the person behind a record, and who decides about him.

person.py         who somebody is, and that nobody acts on his own case
approvers.py      who decides about an application, and who acts for him (W3)
escalated.py      who else decides when the time is over (W4)
time_to_decide.py until when, before it is passed on (W4)
hr.py             for whom somebody acts for HR, where User Permissions limit him
approver_role.py  who decides by his place in the organisation, and the role that he gets for it
assignments.py    open questions about somebody: asked, passed on, closed
waiting.py        what waits for a user, for the counts on his home page
days_off.py       what a calendar shows somebody of his own days off
availability.py   what surrounds an application: calendar, leave, days used
"""
