"""How long personal data are kept, and what is held back."""
