"""Policies on a site, and what a new one would change."""
