"""Worlds, people and cases that the tests of a site share; none of them is a test."""
