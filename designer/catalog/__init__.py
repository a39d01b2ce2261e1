"""What can be placed and chosen: specifications generated from Keras into `resources/catalog/`."""
