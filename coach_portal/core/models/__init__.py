"""The tables, one file per aggregate. Importing this package registers them all."""
