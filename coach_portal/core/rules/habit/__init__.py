"""The method: how strong a habit is, what forgives a slip, when it may grow, and when to ask less. See docs/method.md.

Everything is computed from what was told, asked, agreed and paused, day by day: the order in which it arrived does not
matter, and a correction is as if it had been known at once.
"""
