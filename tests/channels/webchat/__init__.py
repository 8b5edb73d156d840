"""The browser chat, asked as a browser asks it."""
