"""Pure rules: plain data and `now` in, a decision out. No database, no clock, no network."""
