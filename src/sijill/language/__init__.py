"""The language rooms: what a text holds, read into mentions with their places in it."""
