"""Sentences and labels: the analysis in words, each worded once."""
