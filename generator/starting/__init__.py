"""Starting a record or a repository: text that is ready to be filled in, with all that is known in it."""

from generator.starting.missing import missing_record

__all__ = ["missing_record"]
