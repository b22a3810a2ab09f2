"""What documents state beside what the statistics say, one kind of claim a module."""
