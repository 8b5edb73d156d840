"""How language is understood: examples by language, rules, and the components of Rasa's pipeline."""
