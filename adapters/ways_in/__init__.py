"""Further ways in, beside HTTP and NATS: syslog, a mailbox, and Microsoft Graph. Off until they are configured."""
