"""What can be computed from a dossier: frames in, new frames out. No reading, no display, no rounding."""
