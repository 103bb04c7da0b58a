"""What a scheduler asks for, day and night; none of it knows which scheduler that is."""
