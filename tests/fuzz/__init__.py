"""Turns of events that nobody thought of, drawn by Hypothesis, through the real services, beside simple models."""
