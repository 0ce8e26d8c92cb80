"""The bus: a supervised nats-server, the streams, the relay from the store, and the ways in and out of JetStream."""
