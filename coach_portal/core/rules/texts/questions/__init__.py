"""The Sunday questions, one file per language: by theme, thirteen of each, so that a quarter of one theme repeats none.

The same place holds the same question in every language.
"""
