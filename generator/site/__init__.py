"""The site: views (flat, ready values) of a Result, poured into the pages of the MkDocs theme."""
