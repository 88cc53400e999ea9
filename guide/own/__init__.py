"""What this house writes beside the publishers' catalogs: its own services, its words on entries, its first screen."""
