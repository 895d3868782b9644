"""Layers that were trained rather than written: a small encoder with heads, read by onnxruntime on one CPU core.

They stand in for the rule layers behind the same protocol. What they were trained on, and how well they do, is in their
model cards (docs/models.md); the code that trains them is in training/, apart from the package.
"""
