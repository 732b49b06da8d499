"""What announcements are and how they live: pure rules, with the time as an argument."""
