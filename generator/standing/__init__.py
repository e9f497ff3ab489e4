"""Answers "as of a day": who holds which position, who is on the team, what the tier is."""
