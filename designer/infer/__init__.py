"""What follows from a document: shapes, costs, problems. Keras is asked through the protocol."""
