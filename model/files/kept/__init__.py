"""What is kept between starts: one file for each bench, with one owner at a time."""
