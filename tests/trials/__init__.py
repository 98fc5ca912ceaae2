"""Trials: the whole product in real processes, judged from the carrier's side and from the database."""
