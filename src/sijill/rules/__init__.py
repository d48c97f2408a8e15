"""The small matcher that knowledge is written for."""
