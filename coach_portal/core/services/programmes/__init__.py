"""Programmes: building them, starting clients on them, and stepping on day by day."""
