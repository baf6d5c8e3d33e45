"""Integration suite: needs a site. The pure suite lives in <repository>/tests."""
