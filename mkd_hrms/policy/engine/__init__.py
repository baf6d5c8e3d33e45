"""How the gates are asked.

evaluate.py             facts and a policy in, a decision out
many_people.py          one policy and many people: what is shared is found once
second_policy.py        the same facts by another policy
next_change.py          when a decision becomes another one by the passing of time
next_change_of_many.py  the same for many people
"""
