"""How fast the site and the check are, against baselines on the same content: `make bench`."""
