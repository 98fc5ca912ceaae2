"""The people of a practice: who is there and in which role, inviting, handing clients over, and leaving."""
