"""Pictures of words: which set a slice apart, where they stand, when they burst."""
