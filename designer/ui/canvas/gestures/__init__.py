"""What hands do on the canvas: one class, one file per gesture; at most one is current."""
