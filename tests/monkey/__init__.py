"""Uses the window at random, with real events, and holds what comes of it against a plain loop.

    python -m tests.monkey --seeds 20 --actions 5000 --processes 2

A seed always does the same, as far as the clock lets it: `--first SEED --seeds 1` repeats one.
"""
