"""Reaching the coach: what waits, told in their hours; answers from their own phone; and their absences."""
