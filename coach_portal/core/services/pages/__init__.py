"""What a page of the portal shows, read in a fixed number of statements."""
