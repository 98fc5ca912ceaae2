"""Events as they befall, for a practice's other software."""
