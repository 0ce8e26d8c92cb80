"""What reacts: commands, intake, one consumer a projection, and the ports that the outside world fills."""
