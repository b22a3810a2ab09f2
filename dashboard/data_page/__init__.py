"""The parts of the page Data, from the top down."""
