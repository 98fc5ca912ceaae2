"""Packages for Lambda: from the lock to zips that are the same bytes for the same input."""
