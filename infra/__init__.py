"""What runs where: AWS, one machine, and the command line."""
