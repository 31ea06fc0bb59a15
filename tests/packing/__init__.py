"""The archive for machines without a network."""
