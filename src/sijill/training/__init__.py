"""Training of the small models that decide, from annotated reports."""
