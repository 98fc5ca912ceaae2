"""The functions as Lambda runs them: from their zips, under AWS's own runtime client, on this machine."""
