"""Tables of numbers and words that people bring: CSV, TSV, and what is copied from a sheet."""
