"""`mkd export`: the records of an agency's files as another system writes them.

command.py  the command without the command line
records.py  records of a folder as the rows of a profile
"""
