"""What a newly placed layer starts with where Keras has no default: values people begin with.

The catalogue's samples are made to be built, not to be used; they serve where this says nothing.
"""

from collections.abc import Mapping
from typing import Any

from designer.catalog.spec import LayerSpec

# By parameter, for every layer that requires it.
STARTS: Mapping[str, Any] = {
    "filters": 32,
    "kernel_size": 3,
    "units": 64,
    "pool_size": 2,
    "rate": 0.2,
    "num_heads": 4,
    "key_dim": 32,
    "head_dim": 32,
    "num_query_heads": 4,
    "num_key_value_heads": 2,
    "input_dim": 1000,
    "output_dim": 64,
    "height": 32,
    "width": 32,
    "factor": 0.1,
    "height_factor": 0.1,
    "width_factor": 0.1,
    "num_bins": 64,
}

# By layer, where it wants something else: the parameter counts in other units, or wraps a layer.
PARTICULAR: Mapping[str, Mapping[str, Any]] = {
    "layers.RandomPosterization": {"factor": 4},  # bits, a whole number
    "layers.Rescaling": {"scale": 1 / 255},
    "layers.Bidirectional": {"layer": {"object": "layers.LSTM", "params": {"units": 64}}},
    "layers.RNN": {"cell": {"object": "layers.LSTMCell", "params": {"units": 64}}},
    "layers.TimeDistributed": {"layer": {"object": "layers.Dense", "params": {"units": 64}}},
    "layers.SpectralNormalization": {"layer": {"object": "layers.Dense", "params": {"units": 64}}},
    "layers.Wrapper": {"layer": {"object": "layers.Dense", "params": {"units": 64}}},
}


def starting_params(spec: LayerSpec) -> dict[str, Any]:
    """What a node newly placed sets: what Keras insists on, and "same" padding of convolutions.

    Padding is the one exception, because a kernel of 3 without it shrinks the image by 2, and the
    next skip connection no longer fits.
    """
    if spec.operation:
        return dict(spec.sample)
    usual = {**STARTS, **PARTICULAR.get(spec.key, {})}
    # A sample holds what Keras insists on: what has no default, and of two alternatives one.
    starts = {name: usual.get(name, value) for name, value in spec.sample.items()}
    padding = spec.param("padding")
    if "kernel_size" in starts and padding is not None and "same" in padding.choices:
        starts["padding"] = "same"
    return starts
