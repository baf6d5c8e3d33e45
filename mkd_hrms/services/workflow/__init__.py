"""How documents move from state to state, whatever they are about.

states.py        what the state machines of requests, daily reports and objections share
open_actions.py  whom the Workflow asks to act next
system_moves.py  moves that no person makes
"""
