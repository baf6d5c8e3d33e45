"""Who is who: the person behind a record, and who decides about him.

approver_role.py  who decides by his place in the organisation, and the role that he gets for it
"""
