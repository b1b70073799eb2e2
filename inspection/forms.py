"""Forms of this room: what a person types, cleaned; every rule about it lives in the domain."""
