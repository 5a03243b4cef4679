"""Thousands of made-up queries with all that belongs to them, for measuring."""
