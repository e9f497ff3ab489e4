"""The commands of `kam`: arguments in, exit code out, nothing but the pipeline between."""
