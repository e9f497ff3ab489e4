"""Pages as flat values: pure functions of the Facts of a Result, one module for an area."""
