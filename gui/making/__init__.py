"""Asks what an experiment, or its weights, are to be made of."""
