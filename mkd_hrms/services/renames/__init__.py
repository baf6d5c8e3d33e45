"""What becomes of our records when one of the platform's is renamed, merged with another, deleted, or cleared away.

The platform moves what links to a record. Here stands what it does not know: that one person has one quota, that
nobody decides about himself, that a merge classifies nobody, and that decisions stay on record. The whole table:
docs/renames-and-merges.md.

employees.py        Employee: one quota, one standing; what may go with a mistaken record
users.py            User: two people stay two
roles_and_units.py  Designation and Department: both must say the same about who works away
holiday_lists.py    Holiday List: no year without a calendar, and days that become holidays
circulars.py        units and companies that a circular treats apart
companies.py        Company: its policies and calendars; what the clearing of its transactions leaves alone
our_records.py      which records of ours name something
refusals.py         who reads why a merge is refused
"""
