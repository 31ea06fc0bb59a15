"""Checks of files before they are published: one module per kind of file."""
