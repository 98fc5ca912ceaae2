"""Each step of the schema, numbered."""
