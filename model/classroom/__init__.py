"""What a class does with lessons: answers in files, what they reveal, worksheets."""
