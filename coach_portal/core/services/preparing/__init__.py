"""Sessions: when they are, what was agreed, and what the coach reads before them."""
