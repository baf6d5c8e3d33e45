"""The nightly evaluation, and the one after a change."""
