"""The experiment as a program: its text, its lines one at a time, and slips put into it."""
