"""Staff's screens of what bank, carriers and Stripe say: files, lines that wait for two people, days, layouts."""
