"""Functions of the platform that ours take the place of; each calls the platform's and leaves out what is not the user's.

open_counts.py  the connections of an employee, and how many of our records a reader is told of
search.py       the search behind a link field
workflow.py     the actions of a Workflow, for one document and for many
bulk_update.py  many documents changed at once
mail_links.py   the links in a mail of a Workflow
other_names.py  what ours takes the place of, asked for by another name

boot.py takes the place of nothing: it adds to what the desk is told when it starts.
"""
