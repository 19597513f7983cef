"""What keeps a program from being written."""


class NoProgram(ValueError):
    """There is nothing to be written as a program; the message is one sentence."""
