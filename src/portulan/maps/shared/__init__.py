"""The document that several people edit at once: a map and its layout as Yjs types, there and back."""
