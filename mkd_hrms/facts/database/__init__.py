"""How a query is built, and where it runs.

queries.py   bound values, rows, streams
scope.py     whom a query is about
site.py      MariaDB inside a site
prefetch.py  statements that begin before their rows are needed
"""
