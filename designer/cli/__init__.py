"""The headless twin: every job without a screen, and without Qt."""
