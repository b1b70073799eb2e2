"""How things look and in which order they stand: states, the chain, the desks. Nothing here decides."""
