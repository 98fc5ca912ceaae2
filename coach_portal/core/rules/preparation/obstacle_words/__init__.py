"""The words by which people name what got in the way: one file for each language, and nothing else knows them."""
