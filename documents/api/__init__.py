"""The records of this room for machines."""
