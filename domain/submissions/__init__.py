"""What is written to authorities and to those affected: kinds, fields, what the law wants when, and the sheet to copy from."""
