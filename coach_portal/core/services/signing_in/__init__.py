"""How people get in and stay in: passwords, second factors, sessions. `now` is always the machine's own clock."""
