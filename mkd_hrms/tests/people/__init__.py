"""Who somebody is and may do: roles, identity, transfers, agreements, and misuse of all of them."""
