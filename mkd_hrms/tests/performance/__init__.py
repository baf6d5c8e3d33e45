"""Goals, and how reports move them."""
