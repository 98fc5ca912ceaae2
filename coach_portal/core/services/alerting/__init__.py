"""What a human must see: danger and the answer to it, alerts, and the rounds that tell of them."""
