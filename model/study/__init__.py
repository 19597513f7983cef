"""What can be found out about an experiment beside its path."""
