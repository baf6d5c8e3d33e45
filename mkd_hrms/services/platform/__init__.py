"""What we ask of Frappe itself.

locks.py                   work that one at a time does
pace.py                    how often one user may ask for what is costly
transactions.py            work for many, one by one or in sets, each in a transaction of its own; and again where it was kept out
listeners.py               whether somebody listens when a document is stored, so that many cannot be written at once
work_queue.py              names that wait for a worker
numbers.py                 running numbers that mend themselves
numbers_in_files.py        numbers in a file that is imported
many_documents.py          many documents cancelled or deleted at once
names.py                   names of rows that are written past the platform
series.py                  what a naming series holds
notify.py                  tells users of something, each in his language
announcements.py           what services tell as Notifications of the platform, which an administrator switches
many_at_once.py            more documents than somebody waits for
timeline.py                lines in the timelines of many documents
opened.py                  a document that somebody names
connections.py             what hangs together with a document of ours
action_mail.py             the mail of a Workflow, to whom a document asks to decide
deferred_notifications.py  notices about a change, evaluated by a worker
attached_files.py          which file may stand in a field, and whether it is still what it was
written_numbers.py         how a number may be written
filters.py                 the filters of a list
wording.py                 days in a sentence
guide.py                   the pages of the guide, as the Desk shows them
statuses.py                refusals for programs, each with its number
server_scripts.py          the switch for the two shipped Server Scripts
"""
