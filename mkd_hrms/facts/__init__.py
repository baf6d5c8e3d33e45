"""The only readers of HR tables: set-based queries, the same for one employee and for all of them."""
