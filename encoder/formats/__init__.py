"""Published file layouts, one module each: from bytes to rows. Nothing here keeps anything; the store does."""
