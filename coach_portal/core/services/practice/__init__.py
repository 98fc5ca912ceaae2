"""A practice: its people, its numbers, its account and its money."""
