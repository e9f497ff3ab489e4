"""Published shapes, each with a version of its own: text, JSON, CSV and annotations."""
