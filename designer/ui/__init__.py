"""The window: the only package that knows Qt. Keras runs in processes that it starts."""
