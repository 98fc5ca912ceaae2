"""Failure drills: `coach-portal serve` in real processes, in trouble of one kind at a time, under load.

Of each it must be true that the product recovers by itself, says on its log what happened, loses no text and sends
none twice: the carrier's book and our record are equal, to the text.
"""
