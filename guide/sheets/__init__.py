"""What goes on paper: composed, typeset, looked at and sent to a printer."""
