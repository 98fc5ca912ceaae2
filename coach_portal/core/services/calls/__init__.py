"""Calls: asking to be allowed to call, placing, talking, and messages left for the coach."""
