"""The schema's history, one file per change, run by `sijill init`."""
