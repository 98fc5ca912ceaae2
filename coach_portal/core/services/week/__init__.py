"""The week given back on Sunday: the digest, its picture, its question."""
