"""What a steward answers about names in a file that nobody knows."""
