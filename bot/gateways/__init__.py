"""What lies outside and is no channel: files, word lists, pictures, and Rasa."""
