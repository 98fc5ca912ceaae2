"""What a coach reads before a session: inferred from what was told, with the texts each line rests on. See
docs/preparation.md.

It compares a client with themselves only, says how sure one can be, and says so where it does not know.
"""
