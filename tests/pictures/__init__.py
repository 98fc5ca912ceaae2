"""Six weeks to look at: `python -m tests.pictures FOLDER` draws each in both languages."""
