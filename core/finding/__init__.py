"""Finding things by words that stand anywhere in their texts, also inside words and in the files that hang on them."""
