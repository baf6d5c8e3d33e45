"""Objections: how they are raised and decided, and what follows from a decision."""
