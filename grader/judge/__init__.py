"""Judges a submission: its code in processes of its own, the checks here."""
