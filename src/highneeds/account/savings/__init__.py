"""What savings are worth: as they are planned, as the forecast prices them, and beside what is invested."""
