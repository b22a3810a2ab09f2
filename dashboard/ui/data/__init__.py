"""The pieces of the page Data: hand in, review, decide; editions and their history."""
