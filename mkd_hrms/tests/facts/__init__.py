"""What is read from HR's tables, on MariaDB and on DuckDB."""
