"""The demonstration district and made-up load: read from data files, replayed through the services."""
