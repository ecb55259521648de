"""Searches over schedules, one file each."""
