"""What the files hold, and how they become tables.

schema.py           the tables and columns that the rules read
tables_platform.py  those of the platform
tables_mkd.py       those of this app
columns.py          kinds, words, keys
found_files.py      which file of a folder is which table's, and which name is nearly one
readers.py          from a file to something that DuckDB can select from
text_files.py       encodings, delimiters, records
workbooks.py        every row of a sheet
numbered_rows.py    records as a text with row numbers
headings.py         which column a heading means
typed_columns.py    trimmed, cast, and checked value by value
relations.py        what can be wrong between rows
unit_tree.py        lft and rgt from the parents
newest_day.py       the day on which the files are up to date
problems.py         each kind of mistake, with the sentence that an officer reads
loader.py           a folder of files as tables, or a list of what is wrong
filling.py          rows into a table, fast
parquet.py          a plain text of a table as a Parquet file
duck_database.py    DuckDB as a place where the facts' queries run
"""
