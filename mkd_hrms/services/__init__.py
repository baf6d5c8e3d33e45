"""Glue: gathers facts, asks the rules, and is the single writer of decisions and of the ledger."""
