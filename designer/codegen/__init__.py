"""Document -> Python: the one translation of a design into Keras code, and what checks it."""
