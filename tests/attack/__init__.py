"""Attacks, a file for each door. SECURITY.md says which test stands for which line of what could be tried."""
