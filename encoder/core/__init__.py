"""The thinking: standard library only, no files, no clock, no Qt, no SQL."""
