"""From bytes to records with positions: the tree's grammar, YAML, Markdown. Knows no policy."""
