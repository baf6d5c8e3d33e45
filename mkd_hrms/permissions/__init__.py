"""Who sees a request, a day, a standing: the employee, his approver, his superiors and HR. Nobody else.

Frappe's User Permissions may narrow this further; without any, this alone holds.

who.py                      who somebody is to an employee
requests.py                 requests, and their rows
daily_reports.py            daily reports, and their rows
employee_records.py         days and hints; standings, early warnings and agreements
measures_and_objections.py  warnings, suspensions and objections
platform_lists.py           lists of the platform that show something of ours
"""
