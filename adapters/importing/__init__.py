"""Files of other registers: tables of any origin, read by a mapping into what the catalogue compares itself with."""
