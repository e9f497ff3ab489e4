"""Days, quarters, working days and parameters: what the policy reckons with. Knows no record."""
