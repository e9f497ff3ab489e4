"""Why the work cannot be done at all."""


class CannotJudge(Exception):
    """The work cannot be done at all (exit 2); the text is one line in Chinese."""
