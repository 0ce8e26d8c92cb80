"""Where evidence lies and who looks at it: the folder, the form of a sealed file, and the malware scanner."""
