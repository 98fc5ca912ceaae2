"""What is said about how a habit grows, and how often we ask: one file per language."""
