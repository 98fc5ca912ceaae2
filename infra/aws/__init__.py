"""What runs where in AWS: the functions' table, the stack, the packages, and deploying them."""
