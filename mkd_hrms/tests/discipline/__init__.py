"""Warnings, suspensions and revocations: how they are given and how they end."""
