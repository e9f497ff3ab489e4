"""Client archives as policy: records under Git are read, judged against the policy, and shown."""
