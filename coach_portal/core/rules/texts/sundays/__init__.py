"""The words of Sundays, one file per language: the questions, the week in a text and as a picture, the supporter.

There are thirteen questions of each theme, so that a quarter of one theme repeats none, and the same place holds the
same question in every language.
"""
