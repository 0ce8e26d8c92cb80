"""Papers: what people print, copy from or read aloud. Each is a typed value and a template; none is stored."""
