"""What stands outside the house's own reach: time stamps on checkpoints, checkpoints in a mailbox, and reading them back."""
