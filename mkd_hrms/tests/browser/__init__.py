"""Pages of the Desk in a real browser, as people see and press them."""
