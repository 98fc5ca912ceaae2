"""What a client texts: recorded, understood, acted on, and mended by their coach."""
