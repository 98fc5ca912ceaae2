"""The words of a client's own version: one file for each language, and nothing else knows them."""
