"""What is said on a call, what its keys mean, and how far a call has come."""
