"""Evaluation: how far records agree with gold ones."""
