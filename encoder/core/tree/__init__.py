"""The guided decision tree: model, walk, rules, proofs, explanation."""
