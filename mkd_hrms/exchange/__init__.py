"""Files of other systems: what they call their columns, how their offices write values, and what they say.

Knows the policy and the readers of files; writes nothing but files. Needs no Frappe.

profiles/      what each system writes, as data
profiles.py    one of them, checked
rows.py        what files say once nobody sees who wrote them
meanings.py    what rows mean to the records of the platform
rejections.py  what is not taken, and what somebody does about it
values.py      NIP, dates, times, numbers, words as offices write them
opening.py     a file opened with limits, and where its header stands
layouts.py     from a layout to neutral rows
guessing.py    which profile a file fits
files.py       a file as a whole
stored.py      records as neutral rows of a profile
writing.py     neutral rows as a file of a profile
tables.py      tables that follow no profile
"""
