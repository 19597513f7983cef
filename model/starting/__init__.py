"""Where an experiment of one's own begins: names, numbers and weights, before any is typed."""
