"""Long runs over the lessons: broken ones of every kind, none of which may pass."""
