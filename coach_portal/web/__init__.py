"""The Flask portal and the JSON API: listens, calls a service, renders."""
