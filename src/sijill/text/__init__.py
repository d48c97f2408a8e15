"""The text itself: its letters in a normal form, its words, and the way back to the text as given."""
