"""What programs are given: answers that hold when asked twice, and events as they befall."""
