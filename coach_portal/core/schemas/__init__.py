"""marshmallow schemas: one schema serves the form, the API and the CSV row alike. They never touch the database."""
