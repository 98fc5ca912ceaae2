"""One file for each command of `coach-portal`."""
