"""What we ask of Frappe itself.

server_scripts.py  the switch for the two shipped Server Scripts
"""
