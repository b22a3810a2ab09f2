"""Charts on slides: a presentation, its frames, and a long chart in parts."""
