"""Goals, and what is done about them day by day."""
