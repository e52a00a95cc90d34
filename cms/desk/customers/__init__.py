"""Staff's screens of customers: who they are, what they ordered, agreed to and asked. Opening one is recorded."""
