"""What a person hands in: which file is what, and the record of the edition that it becomes."""
