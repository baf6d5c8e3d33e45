"""Swaps of days."""
