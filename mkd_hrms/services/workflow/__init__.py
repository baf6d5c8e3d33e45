"""How documents move from state to state, whatever they are about.

states.py: what the state machines of requests, daily reports and objections share.
"""
