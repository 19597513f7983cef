"""The second window, for who presents a lesson, and what it does to the first."""
