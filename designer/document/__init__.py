"""What the user makes: frozen values, pure edits, history, and the text format. No Qt, no Keras."""
