"""Coach Portal. Every Lambda imports this file: it holds this docstring and nothing else."""
