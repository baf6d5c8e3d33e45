"""Files for other systems, written on a site: by a profile, as a recap, as an evaluation, or as open tables.

actors.py      who may have a file written, and of whom
asked.py       what an export asks for
profiled.py    a file of a profile
recaps.py      the recap of months, by person and unit
evaluation.py  the evaluation of a month that a regency sends
open_tables.py the tables that the rules read, for `mkd`
writing.py     the worker that writes what was asked for
keeping.py     the written file beside its export, for a while
"""
