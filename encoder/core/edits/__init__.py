"""Edits over claim lines."""
