"""Base classes of our DocTypes.

lean_save.py        what Frappe does at every save, done only where something can have changed
decision_fields.py  what a document shows of how it was decided, and to whom
asks_by_mail.py     a document says whom it asks, when the Workflow sends mail
printed_letter.py   printed as a letter, and headed as a draft only while it is one
served_document.py  in a request nobody is given more of a document than he may read
logged_reading.py   whoever is given a sensitive document is logged
attached_files.py   a file is taken only where it may stand
row.py              a row is as closed as its record
plain_numbers.py    a number that could be read in two ways is refused
judged_record.py    a record by which somebody is judged: nobody keeps his own, and its changes are noted
kept_by_services.py what a service writes, and nobody by hand
numbered_last.py    a number from a sequence, drawn when nothing refuses the save any more
numbered.py         a number from a naming series that mends itself
measure.py          what a warning and a suspension have in common
"""
