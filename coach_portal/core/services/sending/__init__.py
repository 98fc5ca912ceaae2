"""How a text or an email leaves, and what becomes of it."""
