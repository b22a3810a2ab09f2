"""The pieces of the page Read an article: hand in, the text with its marks, the cards, what is kept."""
