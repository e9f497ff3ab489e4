"""A records tree of any size with invented content: for trying the system out and for measuring it."""
