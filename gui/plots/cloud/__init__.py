"""Clouds of points: painted fast, turned, picked."""
