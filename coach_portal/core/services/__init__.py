"""Use cases: take a session or connection, ports and `now`; never commit."""
