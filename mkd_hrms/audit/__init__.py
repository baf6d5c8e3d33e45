"""Asks the database whether the ten invariants of the app hold, and names every record that breaks one.

Each question is one statement that finds what must not be there; of tables that grow with every day it looks at one part
after the other. It reads tables, not the app's own functions: what a writer and a reader of ours get wrong in the same
way is still found.
"""
