"""How the words on a certificate become fields and rows. Pure: it knows no file, no database, no settings."""
