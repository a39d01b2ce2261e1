"""A training run is a folder: script, specification, event log, control file, model."""
