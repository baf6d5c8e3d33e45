"""Files of other systems on a site: looked at, applied by a worker, undone.

profiles.py        the profiles, shipped and of the site
actors.py          who may do what with an import
opened.py          the file of an import while it is read: what it is, whose its rows are
whose.py           which employee of a company a number means
wanted.py          what a file wants to be recorded
planning.py        what has to happen so that it is, and what keeps it from happening
steps.py           what becomes of one of them
reports.py         activities in daily reports, as far as these are open
checkins.py        times of machines, and places that a file says
comparing.py       whether a record says what a file says
corrections.py     check-ins of days that are over, for HR to confirm
in_bulk.py         new rows of many people, stored in sets
bulk_kinds.py      attendance and check-ins as their documents would store them
remembering.py     the line that remembers a record
recording.py       a record is made or corrected through the platform's own documents, and put back
progress.py        how far a worker is
looking.py         what would become of a file: nothing is written but on the import itself
applying.py        the worker that applies a file, some rows a transaction
undoing.py         the worker that takes back what was applied
undone_in_bulk.py  new attendance and check-ins, taken back in sets
pushing.py         rows that another system sends by itself
rejected_rows.py   the file of what is not taken
"""
