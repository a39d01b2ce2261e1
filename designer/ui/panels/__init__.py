"""The panels around the canvas, one module each; `designer.ui.docks` lists them."""
