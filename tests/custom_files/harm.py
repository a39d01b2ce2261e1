"""A file that does something when it is imported: it leaves a mark beside itself."""

from pathlib import Path

import keras

Path(__file__).with_name("harm_was_run").write_text("yes", encoding="utf-8")


class Harmless(keras.layers.Layer):
    """Hands on what comes in."""

    def call(self, inputs):
        """What comes in."""
        return inputs
