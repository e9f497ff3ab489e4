"""What is wrong: one module for a family of codes, each rule a small pure function."""
