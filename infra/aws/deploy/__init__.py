"""Deploying: each step looks at what is there and does what is missing, so that any of them can be run again."""
