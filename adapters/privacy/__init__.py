"""Where something of persons is kept, made from the models."""
