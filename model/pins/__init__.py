"""Runs that are kept to be compared: made again, summed up for plots, and told apart."""
