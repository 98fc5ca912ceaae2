"""What comes in from elsewhere, what goes out to whoever asks for it, and what is forgotten."""
