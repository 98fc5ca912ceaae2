"""Photos that clients send: fetched, made anew, kept, and shown to those who may see the client."""
