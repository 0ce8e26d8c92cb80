"""What makes recorded erasures true, here and in older copies."""
