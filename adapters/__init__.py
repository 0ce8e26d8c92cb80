"""The outside world: event store, bus, intake formats, web, command line. main.py wires it together."""
