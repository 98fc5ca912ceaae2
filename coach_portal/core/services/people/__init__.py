"""Clients and the one who stands by them: who they are, and what they agreed to."""
