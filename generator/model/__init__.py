"""What staff write, typed: one class for each kind of record, one module for an area.

A key in a file is the alias of its field and the label shown everywhere. A field that is
required has no default, yet may be None: a record with one bad field keeps its good ones, and
whoever reads it must ask whether the value could be read.
"""
