"""An independent reading of the disagreement model: questions, origins, channels, classes.

Written from the text of the model alone. It shares no code with the tool, uses the
standard library only, and prefers the plainest algorithm: datasets here are small.
"""
