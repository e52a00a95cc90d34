"""Staff's screens of what the public says: reviews and questions, their reports, and answers for producers."""
