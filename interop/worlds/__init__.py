"""Small random datasets for the comparison of two readings of the disagreement model.

A *world* is a handful of records that refer to each other and to nothing else but the
measures that accounts derive claims on. A *folder* is a dataset of several worlds under
one policy: starting the tool costs more than computing, so worlds share a start.
"""
