"""The code database: our tables of facts in sources/, and what turns them into encoder.db."""
