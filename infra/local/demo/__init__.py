"""The furnished practice of `coach-portal demo`: who they are (`people`), and how their eight weeks went (`story`)."""
