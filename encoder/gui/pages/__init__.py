"""The pages of the window. Each shows what it is handed, knows no other page and speaks by signals."""
