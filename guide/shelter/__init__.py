"""What this house writes: settings, the staff lock and the history of updates. Nothing about visitors (N1)."""
