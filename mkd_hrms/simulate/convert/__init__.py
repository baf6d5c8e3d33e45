"""`mkd convert`: a file of another system becomes a folder that `mkd check` reads.

command.py  the command without the command line
keys.py     which employee a NIP or the number of a machine means
tables.py   neutral rows as rows of the tables
"""
