"""Kept for tools that look for it; pyproject.toml is the packaging."""

from setuptools import setup

setup(name="mkd_hrms", packages=["mkd_hrms"])
