"""When to text: what is due, who is asked, and why somebody is not."""
