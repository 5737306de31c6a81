"""Forms of contests within the office. They check shape; the services check the rules."""
