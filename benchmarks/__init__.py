"""What is measured, each beside what a user would take instead."""
