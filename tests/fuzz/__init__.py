"""Gives every reader inputs that were changed at random, within bounds of time and memory.

    python -m tests.fuzz --inputs 20000 --processes 2 [READER...]

A reader may refuse an input in one sentence; anything else that it raises, a warning of Qt's, and
what takes too long or too much memory is a fault. Inputs that brought a new sentence are changed
further. What ever failed lies in ``tests/fuzz/corpus`` and is tried by the tests.
"""
