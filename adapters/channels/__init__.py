"""The ways out of the house: mail and a webhook."""
