"""What the policy wants of whom by when: derived once, used by rules, pages and exports alike."""
