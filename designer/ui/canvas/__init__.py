"""The canvas: one painted widget over the document, no item objects, no second truth."""
