"""The listing: the experiment as a program, in step with the graph."""
