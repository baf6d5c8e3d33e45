"""What `make test` and `make serve` share: a bench is used, never altered.

The sites, the Redis servers, the assets and the databases are the checkout's own; only the source code and
the Python environment of the bench, and the MariaDB server of the machine, are borrowed. Standard library
only, because it runs before anything is installed.
"""
