"""Questions: what a problem may ask beside a derivative, one kind a file; each is answered in parts of a few kinds."""
